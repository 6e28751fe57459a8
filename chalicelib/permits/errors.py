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


class SignerNotRegisteredError(SignerNotActiveError):
    """The provider does not know the signer (BSrE: NOT_REGISTERED, 2011, 1110)."""

    code = "signer_not_registered"


class SignerNewError(SignerNotActiveError):
    """The signer has an account and has not activated it yet (BSrE: NEW)."""

    code = "signer_new"


class SignerWaitingError(SignerNotActiveError):
    """The provider has yet to verify the signer (BSrE: WAITING_FOR_VERIFICATION)."""

    code = "signer_waiting"


class SignerWithoutCertificateError(SignerNotActiveError):
    """The signer has an account and no certificate (BSrE: NO_CERTIFICATE)."""

    code = "signer_without_certificate"


class SignerExpiredError(SignerNotActiveError):
    """The signer's certificate is over (BSrE: EXPIRED)."""

    code = "signer_expired"


class SignerRenewingError(SignerNotActiveError):
    """The signer's certificate is being renewed (BSrE: RENEW)."""

    code = "signer_renewing"


class SignerSuspendedError(SignerNotActiveError):
    """The provider has suspended the signer (BSrE: SUSPEND)."""

    code = "signer_suspended"


class SignerRevokedError(SignerNotActiveError):
    """The signer's certificate was revoked (BSrE: REVOKE)."""

    code = "signer_revoked"


class SignerIdMissingError(SignerNotActiveError):
    """The office has not noted by what the provider knows the signer, or noted what cannot be that."""

    code = "signer_id_missing"


class SigningServiceError(Fault):
    """The signing service gave no usable answer and signed nothing: try later. `why` names what was met."""

    code = "signing_service_down"


class SigningAccountError(SigningServiceError):
    """The provider refuses the office's own account (not the signer)."""

    code = "signing_account_refused"


class SigningRefusedError(SigningServiceError):
    """The provider signed nothing, for a reason that we have no name for; `number` is its own code for it."""

    code = "signing_refused"


class SigningOutcomeUnknownError(Fault):
    """The file was sent to be signed and no answer came: it may have been signed. Never repeat blindly.

    `document` is the provider's id of the file, where it told one.
    """

    code = "signing_outcome_unknown"


class SignedFileError(Fault):
    """What came back is not our file with one good signature on it. `why` names what was met."""

    code = "signed_file_refused"


class SigningOvertakenError(Fault):
    """While the file was being signed its number or its content became another's: it was thrown away."""

    code = "signing_overtaken"


class UnsignableFileError(Fault):
    """The file to be signed is not a PDF that can be signed. `why` names what was met."""

    code = "unsignable_file"
