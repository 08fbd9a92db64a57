"""What the form templates ask of a field."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.MultiWidget, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
)
CSS = {"select": "nhsuk-select", "textarea": "nhsuk-textarea", "file": "nhsuk-file-upload__input"}


@register.filter
def kind(field: BoundField) -> str:
    """Which part of the design system draws this field."""
    return next((name for widget, name in KINDS if isinstance(field.field.widget, widget)), "input")


@register.filter
def counted(field: BoundField) -> int | None:
    """The number of characters that the page counts down from, or None."""
    return field.field.longest if getattr(field.field, "count", False) else None


@register.filter
def first_control(field: BoundField) -> str:
    """The id that a link in the error summary goes to: the first box or button of the field."""
    widget = field.field.widget
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return f"{field.auto_id}_0"
    if isinstance(widget, forms.MultiWidget):
        wrong = getattr(widget, "wrong", set())
        names = [name for name in widget.widgets_names if name.strip("_") in wrong] or widget.widgets_names
        return f"{field.auto_id}{names[0]}"
    return field.id_for_label or field.auto_id


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of hint, error and counter, in the order in which they should be read."""
    ids = [f"{field.auto_id}-info"] if counted(field) else []
    if field.help_text:
        ids.append(f"{field.auto_id}_helptext")
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    return " ".join(ids)


@register.simple_tag
def control(field: BoundField, css: str = "") -> SafeString:
    """The box itself, with its classes and what describes it."""
    css = css or CSS.get(kind(field), "nhsuk-input")
    own = field.field.widget.attrs.get("class", "")
    turns_red = field.errors and kind(field) not in {"file", "checkbox"}
    classes = [css, f"{css}--error" if turns_red else "", own]
    if counted(field):
        classes.append("nhsuk-js-character-count")
    attrs: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    if describes := described_by(field):
        attrs["aria-describedby"] = describes
    return field.as_widget(attrs=attrs)


@register.filter
def item_hint(field: BoundField, value: Any) -> str:
    """The line under one choice, or ""."""
    return getattr(field.field, "hints", {}).get(str(value), "")
