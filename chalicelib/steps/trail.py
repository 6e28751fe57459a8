"""The audit trail as use cases: timelines, the daily seal, and the proof that nothing was altered."""

import msgspec

from chalicelib.audit.chain import Break, Entry, breaks
from chalicelib.audit.seal import Seal, breaks_since, digest_holds, seal, signed_bytes
from chalicelib.cases.case import Case
from chalicelib.staffing.book import OFFICE
from chalicelib.steps.desk import Desk

SEALS = "seals/"


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What a verification of the whole trail looked at and found.

    Complaints are counted among the cases; the entries are those of the office's own chain too.
    """

    cases: int
    entries: int
    seals: int
    problems: tuple[Break, ...]


def timeline(desk: Desk, case_id: str) -> tuple[Case, list[Entry], list[Break]]:
    """A case, its audit entries, and where its chain is broken. Raises NotFoundError."""
    case, entries = desk.cases.load(case_id), desk.cases.entries(case_id)
    return case, entries, breaks(case_id, entries, case.head)


def seal_today(desk: Desk) -> str:
    """Signs the heads of all chains and stores the seal where nothing can be overwritten; answers its key."""
    heads = {case.case_id: case.head for case in desk.cases.all_cases()}
    heads |= {one.complaint_id: one.head for one in desk.complaints.all_complaints()}
    office = desk.office.load().head
    heads |= {OFFICE: office} if office.seq else {}
    unsigned = seal(heads, desk.clock.now())
    signature = desk.keys.sign_ecdsa(desk.settings.seal_key_id, signed_bytes(unsigned))
    sealed = msgspec.structs.replace(unsigned, signature=signature.hex())
    key = f"{SEALS}{sealed.sealed_at.isoformat()}.json"
    desk.files.write(desk.settings.trail_bucket, key, msgspec.json.encode(sealed), "application/json")
    return key


def verify_trail(desk: Desk) -> Verification:
    """Checks every chain against its case or complaint or the office's book, and against every seal."""
    chains: dict[str, list[Entry]] = {}
    problems: list[Break] = []
    for case in desk.cases.all_cases():
        chains[case.case_id] = desk.cases.entries(case.case_id)
        problems += breaks(case.case_id, chains[case.case_id], case.head)
    for one in desk.complaints.all_complaints():
        chains[one.complaint_id] = desk.complaints.entries(one.complaint_id)
        problems += breaks(one.complaint_id, chains[one.complaint_id], one.head)
    own = desk.office.entries()
    problems += breaks(OFFICE, own, desk.office.load().head)
    keys = desk.files.keys(desk.settings.trail_bucket, SEALS)
    count = len(chains)
    chains[OFFICE] = own
    for key in keys:
        problems += _seal_problems(desk, key, chains)
    entries = sum(len(chain) for chain in chains.values())
    return Verification(cases=count, entries=entries, seals=len(keys), problems=tuple(problems))


def _seal_problems(desk: Desk, key: str, chains: dict[str, list[Entry]]) -> list[Break]:
    sealed = msgspec.json.decode(desk.files.read(desk.settings.trail_bucket, key), type=Seal)
    if not digest_holds(sealed) or not _signature_holds(desk, sealed):
        return [Break(case_id=key, seq=0, problem="the seal itself was altered")]
    return breaks_since(sealed, chains)


def _signature_holds(desk: Desk, sealed: Seal) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    key = load_der_public_key(desk.keys.public_key(desk.settings.seal_key_id))
    if not isinstance(key, EllipticCurvePublicKey):
        return False
    try:
        key.verify(bytes.fromhex(sealed.signature), signed_bytes(sealed), ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True
