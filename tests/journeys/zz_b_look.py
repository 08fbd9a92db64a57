from pathlib import Path
import pytest
from django.conf import settings
from recruitment.services import offering, deciding
from tests import make
from tests.browser import PHONE, WIDE
from tests.recruitment.opened import browser_of, own_page
pytestmark=[pytest.mark.django_db(transaction=True), pytest.mark.browser]
OUT=Path("/tmp/b-look")
def test_look(visit, db):
    cohort=make.cohort("london-2017",title="London 2017",open=True)
    olive=make.user("olive@example.org",("ORGANISER",cohort),name="Olive")
    a=make.application(cohort); offering.offer(application=a,reason="x",by=olive)
    p=make.person("Ben Ito",email="",phone="020 7946 0022",preferred="PHONE",best_time="Evenings",helper="Sam Ito, his son"); b=make.application(cohort,person=p); offering.offer(application=b,reason="x",by=olive)
    for i,f in enumerate(("STANDARD","LARGE_PRINT","BRAILLE")):
        q=make.person(f"Cy Roe {i}",email="",post="1 High Street\nCamden\nLondon\nNW1 0AA",preferred="POST",information_format=f); c=make.application(cohort,person=q); deciding.decline(application=c,reason="x",by=olive)
    report=[]
    for name,size in(("wide",WIDE),("phone",PHONE)):
        v=visit(size)
        v.sign_in(browser_of(a).cookies[settings.SESSION_COOKIE_NAME].value)
        w=visit(size,olive)
        for who,label,path in((v,"offer",own_page(a,"offer/")),(v,"withdraw",own_page(a,"withdraw/")),(w,"outbox","/outbox/"),(w,"print","/outbox/print/"),(w,"calls","/outbox/calls/")):
            who.page.goto(who.address+path)
            if label=="print": who.page.locator("summary").first.click()
            who.page.screenshot(path=str(OUT/f"2{label}-{name}.png"),full_page=True)
            f=who.faults()
            if f: report.append((label,name,f))
    print("FAULTS",report)
