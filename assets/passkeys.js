// Passkeys. A place marked data-lp-passkey holds one form with a hidden `credential`; the browser's answer goes in there.
// "sign-in" fetches its question from the server, "confirm" and "add" find theirs in #passkey-options.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withBytes = (keys) => (keys || []).map((key) => ({ ...key, id: toBytes(key.id) }));

function creationOptions({ publicKey }, passwordless) {
  const selection = { ...publicKey.authenticatorSelection };
  selection.residentKey = passwordless ? "required" : "discouraged";
  selection.requireResidentKey = passwordless;
  if (passwordless) selection.userVerification = "required";
  return {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
    excludeCredentials: withBytes(publicKey.excludeCredentials),
    authenticatorSelection: selection,
  };
}

function requestOptions({ publicKey }) {
  return {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    allowCredentials: withBytes(publicKey.allowCredentials),
  };
}

function asJSON(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function ask(place, form) {
  if (place.dataset.lpPasskey === "add") {
    const options = JSON.parse(document.getElementById("passkey-options").textContent);
    const publicKey = creationOptions(options.creation_options, form.elements.passwordless?.checked ?? false);
    return navigator.credentials.create({ publicKey });
  }
  const options = place.dataset.lpOptions
    ? await (await fetch(place.dataset.lpOptions, { headers: { Accept: "application/json" } })).json()
    : JSON.parse(document.getElementById("passkey-options").textContent);
  return navigator.credentials.get({ publicKey: requestOptions(options.request_options) });
}

function explain(error) {
  if (error.name === "NotAllowedError") return "Your device did not confirm it, or it took too long. Try again.";
  if (error.name === "InvalidStateError") return "This device already has a passkey for your account.";
  if (error.name === "SecurityError") return "Your browser does not allow passkeys at this address. Use a code instead.";
  return "The passkey did not work. Try again, or use a code instead.";
}

for (const place of document.querySelectorAll("[data-lp-passkey]")) {
  const form = place.querySelector("form");
  const problem = place.querySelector("[data-lp-passkey-problem]");
  if (!window.PublicKeyCredential) continue;
  place.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      form.elements.credential.value = asJSON(await ask(place, form));
      form.submit();
    } catch (error) {
      problem.textContent = explain(error);
      problem.hidden = false;
    }
  });
}
