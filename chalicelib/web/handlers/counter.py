"""The assisted counter over HTTP."""

from chalicelib.accounts.codes import VALID_FOR
from chalicelib.accounts.people import Account, account_id, masked_email, normalised
from chalicelib.procedures.parts import Words
from chalicelib.procedures.procedure import load
from chalicelib.steps import counter
from chalicelib.texts import consent_words
from chalicelib.web.answers.people import AccountShown, AssistedSession, CounterShown, ProofSent, Sent
from chalicelib.web.calls import Call
from chalicelib.web.views.parts import in_office


def ask_for_link(call: Call) -> Sent:
    """The link to the counter, to whose it is; the answer is the same for every address."""
    counter.ask_for_link(call.desk, call.body.email)
    return Sent(sent_to=masked_email(normalised(call.body.email)))


def one(call: Call) -> CounterShown:
    """The counter of the officer whose link it is. Looking changes nothing."""
    opened = counter.open_counter(call.desk, call.link)
    return CounterShown(
        officer=opened.officer.name,
        role=load().role(opened.officer.role).name,
        expires_at=in_office(opened.expires_at),
        consent=Words(**consent_words(opened.officer.name)),
    )


def ask_for_consent(call: Call) -> ProofSent:
    """The code of consent, to the applicant's own address alone."""
    email = normalised(call.body.email)
    counter.ask_for_consent(call.desk, call.link, email)
    return ProofSent(sent_to=masked_email(email), valid_minutes=int(VALID_FOR.total_seconds() // 60))


def begin(call: Call) -> AssistedSession:
    """A draft for the applicant who is present."""
    told = call.body
    account = Account(
        id=account_id("applicant", told.email),
        role="applicant",
        email=normalised(told.email),
        name=told.name,
        phone=told.phone,
    )
    begun = counter.begin(call.desk, call.link, account, told.code, told.application_type)
    lasts = begun.expires_at - call.desk.clock.now()
    return AssistedSession(
        session=begun.session,
        expires_at=in_office(begun.expires_at),
        lasts_seconds=round(lasts.total_seconds() / call.desk.clock.scale),
        account=AccountShown(
            id=begun.account.id, name=begun.account.name, email=begun.account.email, phone=begun.account.phone
        ),
        role="applicant",
        case_id=begun.case.case_id,
    )
