"""What can go wrong between a permit's content and its signed file."""

from chalicelib.errors import Fault


class UnprintableTextError(Fault):
    """A permit's text has letters that its fonts do not hold. `where` is the field, `letters` as U+XXXX."""

    code = "unprintable_text"


class ReportUnprintableError(UnprintableTextError):
    """The officer's own words in a report have such letters; they can be typed again at once."""

    code = "report_unprintable"


class LayoutError(Fault):
    """The permit could not be laid out on one page. `why` is the reason, without the content."""

    code = "layout_failed"


class PassphraseError(Fault):
    """The signer's passphrase is not the right one."""

    code = "passphrase_wrong"


class PassphraseRecordError(Fault):
    """The kept record of a passphrase cannot be read: the signer must be set up again."""

    code = "passphrase_record_invalid"


class SignerNotActiveError(Fault):
    """The signer may not sign now. `why`: "inactive", "certificate_not_yet_valid", "certificate_expired"."""

    code = "signer_not_active"


class SigningServiceError(Fault):
    """The signing service gave no usable answer: try again later. `why` names what was met."""

    code = "signing_service_down"


class UnsignableFileError(Fault):
    """The file to be signed is not a PDF that can be signed. `why` names what was met."""

    code = "unsignable_file"
