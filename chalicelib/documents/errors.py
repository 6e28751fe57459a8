"""Named facts about a file that cannot be taken or cannot be read."""

from chalicelib.errors import Fault


class UploadFault(Fault):
    """A file that is refused; `code` is what `Inspection.fault` carries."""

    code = "upload_refused"


class EmptyFileError(UploadFault):
    """The file has no bytes."""

    code = "empty"


class TooLargeError(UploadFault):
    """More bytes or more pixels than a page needs. `limit` says how many are taken."""

    code = "too_large"


class WrongTypeError(UploadFault):
    """Neither JPEG, PNG, WebP nor PDF by its first bytes, or not what it was declared to be."""

    code = "wrong_type"


class HeicPhotoError(UploadFault):
    """A photo as iPhones keep them. Whoever sent it has a good photo and only needs to know how to send it."""

    code = "heic_photo"


class MovingPictureError(UploadFault):
    """An animated picture: what was read is one frame, and an officer who opens the file may see another."""

    code = "moving_picture"


class DamagedError(UploadFault):
    """The bytes break off or contradict the format."""

    code = "damaged"


class LockedError(UploadFault):
    """A PDF that opens only with a password."""

    code = "locked"


class TooManyPagesError(UploadFault):
    """More pages than any of the four papers has. `limit` says how many are taken."""

    code = "too_many_pages"


class RecognitionUnavailableError(Fault):
    """The recognition service did not read a page: no fault of the file, which is inspected again. `reason` is why."""

    code = "recognition_unavailable"


class TimedOutError(UploadFault):
    """Opening the file took more processor or wall time than one file may have."""

    code = "timed_out"
