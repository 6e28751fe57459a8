"""Village letters in running text: who leads, what the group is called, where it has its seat."""

import pytest

from chalicelib.documents.papers.letters.names import bare_name, may_be_name
from tests.documents.sheets import read, wrapped

_SEAT = "Dsn. Gunung Desa Watulumbung Kec. Lumbang"
_HOME = "Dsn. Lor RT 001 RW 004 Desa Watulumbung"
_NUMBER = "3514031708800002"
_OPENING = "Yang bertanda tangan di bawah ini Kepala Desa Watulumbung menerangkan dengan sebenarnya"
_SENTENCES = [
    (
        f"bahwa Sdr. Darmanto Wibisono, NIK {_NUMBER}, lahir di Malang, 17 Agustus 1980, pekerjaan Petani, bertempat tinggal "
        f'di {_HOME}, adalah benar-benar pimpinan kelompok kesenian Bantengan "Tunas Rimba" yang beralamat di {_SEAT} '
        "dengan jumlah anggota 23 orang."
    ),
    (
        f"bahwa kelompok kesenian Bantengan dengan nama “Tunas Rimba” yang berkedudukan di {_SEAT} dipimpin oleh Saudara "
        f"Darmanto Wibisono (NIK {_NUMBER}) dan sampai saat ini masih aktif."
    ),
    (
        f'bahwa "Tunas Rimba" adalah kelompok kesenian Bantengan yang berdomisili di {_SEAT} dan dipimpin oleh Darmanto '
        f"Wibisono, pemegang NIK {_NUMBER}."
    ),
    (
        f"bahwa Bapak Darmanto Wibisono beralamat di {_HOME} adalah ketua grup kesenian Bantengan yang bernama Tunas Rimba, "
        f"alamat sekretariat {_SEAT}, dan masih aktif sampai sekarang."
    ),
    (
        f"bahwa seorang bernama : Darmanto Wibisono, pemegang KTP {_NUMBER}, benar penduduk kami dan selaku ketua paguyuban "
        f"seni Bantengan 'Tunas Rimba' yang bersekretariat di {_SEAT}. Paguyuban tersebut aktif berlatih."
    ),
    (
        f"bahwa nama Darmanto Wibisono NIK {_NUMBER} alamat {_HOME} adalah ketua kelompok seni Bantengan bernama Tunas Rimba "
        f"dengan alamat {_SEAT}, dan grup tersebut masih aktif."
    ),
    (
        f"bahwa telah berdiri kelompok kesenian Bantengan dengan nama Tunas Rimba di {_SEAT} di bawah pimpinan Ibu/Sdr. "
        "Darmanto Wibisono sejak tahun 2010."
    ),
]


@pytest.mark.parametrize("letters", [60, 74, 92])
@pytest.mark.parametrize("sentence", _SENTENCES)
def test_the_facts_are_found_in_sentences_wherever_lines_break(sentence: str, letters: int) -> None:
    found = read(wrapped(f"{_OPENING} {sentence}", letters))
    wanted = {
        "leader_name": "Darmanto Wibisono",
        "group_name": "Tunas Rimba",
        "art_type": "Bantengan",
        "group_address": _SEAT,
    }
    assert {name: found.get(name) for name in wanted} == wanted


def test_a_name_that_begins_with_the_kind_of_group_needs_no_quotes() -> None:
    body = (
        f"{_OPENING} bahwa Sdr. Darmanto adalah pengelola Sanggar Tari Tunas Rimba yang beralamat di {_SEAT}."
    )
    assert read(wrapped(body))["group_name"] == "Sanggar Tari Tunas Rimba"


def test_words_of_a_quoted_name_are_no_art() -> None:
    found = read(
        wrapped(
            f'{_OPENING} bahwa Sdr. Darmanto adalah pendiri sekaligus ketua "Sanggar Seni Rupa Kanvas Biru", kelompok kesenian '
            f"di bidang Seni Rupa, dengan alamat {_SEAT}, beranggotakan 13 orang."
        )
    )
    assert (found["group_name"], found["art_type"]) == ("Sanggar Seni Rupa Kanvas Biru", "Seni Rupa")


def test_an_art_may_stand_between_the_kind_of_group_and_its_quoted_name() -> None:
    found = read(
        wrapped(f'{_OPENING} bahwa Sdr. Darmanto adalah ketua kelompok Ludruk "Ludruk Gema Budaya".')
    )
    assert (found["group_name"], found["art_type"]) == ("Ludruk Gema Budaya", "Ludruk")


def test_an_apostrophe_in_a_name_ends_nothing() -> None:
    body = (
        f"{_OPENING} bahwa Saudara Moch. Ma'ruf Syafi'i, NIK {_NUMBER}, adalah ketua grup Hadrah \"An Nur\"."
    )
    assert read(wrapped(body))["leader_name"] == "Moch. Ma'ruf Syafi'i"


def test_a_seat_in_our_own_area_is_no_address() -> None:
    body = f'{_OPENING} bahwa Sdr. Darmanto memimpin kelompok seni "Tunas Rimba" yang berdomisili di wilayah kami.'
    assert "group_address" not in read(wrapped(body))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sdr. Darmanto", "Darmanto"),
        ("Saudara/i : Darmanto Wibisono", "Darmanto Wibisono"),
        ("( H. ABD. ROHIM )", "H. ABD. ROHIM"),
        (",; Darmanto", "Darmanto"),
        ("Ibuningsih", "Ibuningsih"),
        ("Drs. H. Darmanto, M.Pd.", "Drs. H. Darmanto, M.Pd."),
    ],
)
def test_a_name_is_told_without_what_is_around_it(text: str, name: str) -> None:
    assert bare_name(text) == name
    assert may_be_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "kelompok seni Bantengan",
        'Tari bernama "Tunas Rimba"',
        "yang bersangkutan",
        "Darmanto 3514031708800002",
        "tersebut di atas",
        "Sanggar Tunas Rimba",
        "",
    ],
)
def test_a_sentence_or_a_group_is_no_name_of_a_person(text: str) -> None:
    assert not may_be_name(text)
