"""The tree of the log: its root is that of RFC 6962, its tiles hold it, its proofs prove it and nothing else."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pymerkle import InclusionProof, InmemoryTree, verify_consistency, verify_inclusion

from chalicelib.permits.log.growing import appended, growth, shown_frontier
from chalicelib.permits.log.hashing import EMPTY_ROOT, Frontier, frontier, leaf_hash, perfect_root, tree_root
from chalicelib.permits.log.proofs import (
    consistency_proof,
    grew,
    includes,
    inclusion_proof,
    root_by_inclusion,
)
from chalicelib.permits.log.tiles import Tile, TiledTree, bundle, split_bundle, split_tile, tiles_of
from tests.permits.log.books import entries_of, grown, mth, rfc_consistency_proof, tree_of

CT_LEAVES = [
    bytes.fromhex(one) for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")
] + [bytes.fromhex("606162636465666768696a6b6c6d6e6f")]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The test vectors of Certificate Transparency's own implementation, for the first one to eight leaves."""
SIZES = st.integers(0, 700)


@pytest.mark.parametrize("count", range(1, 9))
def test_the_roots_are_those_of_certificate_transparency(count: int) -> None:
    made = appended(Frontier(), CT_LEAVES[:count]).after
    assert made.root.hex() == CT_ROOTS[count - 1]
    assert tree_root([leaf_hash(one) for one in CT_LEAVES[:count]]) == made.root


def test_the_root_of_no_entries_is_that_of_nothing() -> None:
    assert Frontier().root == EMPTY_ROOT == mth([]) == tree_root([])


@given(st.lists(st.binary(max_size=40), max_size=80))
def test_the_root_is_that_of_the_rfc_for_any_entries(entries: list[bytes]) -> None:
    made = appended(Frontier(), entries).after
    assert made.root == mth(entries)
    assert made.size == len(entries)
    assert len(made.hashes) <= 7


@settings(max_examples=25)
@given(SIZES, SIZES)
@example(0, 256)
@example(255, 1)
@example(256, 256)
@example(300, 400)
def test_a_log_that_grew_in_two_parts_has_the_files_of_one_that_grew_in_one(first: int, more: int) -> None:
    entries = entries_of(first + more)
    files = grown(entries[:first], entries[first:])
    whole = grown(entries)
    assert {path: files[path] for path in whole} == whole
    made = shown_frontier(len(entries), files.__getitem__)
    assert made == appended(Frontier(), entries).after
    assert made.root == mth(entries)


@settings(max_examples=25)
@given(st.lists(st.integers(1, 130), min_size=1, max_size=8))
def test_the_files_of_every_earlier_size_stay_as_they_were(parts: list[int]) -> None:
    entries, size = entries_of(sum(parts)), 0
    files: dict[str, bytes] = {}
    for part in parts:
        made = growth(size, files.__getitem__, entries[size : size + part])
        assert not set(made.files) & set(files)
        files |= made.files
        size += part
        assert made.frontier.root == mth(entries[:size])
    for end in [sum(parts[: n + 1]) for n in range(len(parts))]:
        assert shown_frontier(end, files.__getitem__).root == mth(entries[:end])


def test_the_tiles_of_seventy_thousand_entries_are_those_that_the_specification_counts() -> None:
    level_0, level_1, level_2 = (tiles_of(70_000, level) for level in range(3))
    assert (len(level_0), level_0[-1]) == (274, Tile(0, 273, 112))
    assert level_1 == [Tile(1, 0), Tile(1, 1, 17)]
    assert level_2 == [Tile(2, 0, 1)]
    assert [tiles_of(256, level) for level in (0, 1)] == [[Tile(0, 0)], [Tile(1, 0, 1)]]


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 273, 112), "tile/0/273.p/112"),
        (Tile(1, 1234067), "tile/1/x001/x234/067"),
        (Tile(63, 1000, 1), "tile/63/x001/000.p/1"),
    ],
)
def test_a_tile_lies_where_the_specification_says(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert tile.bundle_path == "tile/entries/" + path.split("/", 2)[2]


@given(st.lists(st.binary(max_size=300), max_size=256))
def test_a_bundle_gives_its_entries_back(entries: list[bytes]) -> None:
    assert split_bundle(bundle(entries), len(entries)) == entries


@given(st.lists(st.binary(min_size=1, max_size=30), min_size=1, max_size=9), st.data())
def test_a_bundle_that_was_cut_is_refused(entries: list[bytes], data: st.DataObject) -> None:
    whole = bundle(entries)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(ValueError, match="bundle"):
        split_bundle(whole[:cut], len(entries))


def test_what_has_the_wrong_size_is_refused() -> None:
    with pytest.raises(ValueError, match="width"):
        split_tile(b"x" * 63, 2)
    with pytest.raises(ValueError, match="long"):
        bundle([b"x" * 65_536])
    with pytest.raises(ValueError, match="size"):
        frontier(3, [b"x" * 32])
    with pytest.raises(ValueError, match="power of two"):
        perfect_root([b"x" * 32] * 3)


@settings(max_examples=40)
@given(st.integers(1, 700), st.data())
def test_every_entry_is_proved_to_be_in_the_tree_and_no_other_one_is(size: int, data: st.DataObject) -> None:
    entries = entries_of(size)
    index = data.draw(st.integers(0, size - 1))
    tree, root = tree_of(entries), mth(entries)
    proof = inclusion_proof(tree, index)
    assert includes(root, size, index, leaf_hash(entries[index]), proof)
    assert not includes(root, size, index, leaf_hash(b"another"), proof)
    other = data.draw(st.integers(0, size - 1).filter(lambda it: it != index)) if size > 1 else size
    assert not includes(root, size, other, leaf_hash(entries[index]), proof)
    assert not includes(root, size, index, leaf_hash(entries[index]), [*proof, root])
    assert not proof or not includes(root, size, index, leaf_hash(entries[index]), proof[:-1])


@settings(max_examples=40)
@given(st.integers(0, 700), st.data())
def test_a_tree_is_proved_to_have_grown_from_what_it_was_and_from_nothing_else(
    size: int, data: st.DataObject
) -> None:
    entries = entries_of(size)
    before = data.draw(st.integers(0, size))
    old, new = (before, mth(entries[:before])), (size, mth(entries))
    proof = consistency_proof(tree_of(entries), before)
    assert grew(old, new, proof)
    forged = (before, leaf_hash(b"forged"))
    assert not grew(forged, new, proof)
    assert not grew(old, (size, forged[1]), proof) or before == 0
    if 0 < before < size:
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not grew(old, new, [*proof[:at], forged[1], *proof[at + 1 :]])
        assert not grew(old, new, proof[:-1])
        assert not grew(old, new, [*proof, forged[1]])


@pytest.mark.parametrize("index", [-1, 5])
def test_nothing_is_proved_of_an_entry_that_there_is_not(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(tree_of(entries_of(5)), index)
    with pytest.raises(IndexError):
        consistency_proof(tree_of(entries_of(4)), index)
    assert root_by_inclusion(b"x" * 32, index, 5, []) is None


@settings(max_examples=40)
@given(st.integers(1, 300), st.data())
def test_an_independent_implementation_finds_the_same_root_and_accepts_our_proofs(
    size: int, data: st.DataObject
) -> None:
    entries, theirs = entries_of(size), InmemoryTree(algorithm="sha256")
    for entry in entries:
        theirs.append_entry(entry)
    tree, root = tree_of(entries), theirs.get_root()
    assert shown_frontier(size, lambda path: grown(entries)[path]).root == root
    index, before = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    told = theirs.prove_inclusion(index + 1, size).serialize()
    ours = [leaf_hash(entries[index]), *inclusion_proof(tree, index)]
    told["path"] = [one.hex() for one in ours]
    verify_inclusion(ours[0], root, InclusionProof.deserialize(told))
    old = shown_frontier(before, lambda path: grown(entries[:before])[path]).root
    verify_consistency(old, root, theirs.prove_consistency(before, size))
    assert grew((before, old), (size, root), consistency_proof(tree, before))


@settings(max_examples=40)
@given(st.integers(1, 300), st.data())
def test_a_proof_of_growth_is_that_of_the_rfc(size: int, data: st.DataObject) -> None:
    entries, before = entries_of(size), data.draw(st.integers(1, size))
    assert consistency_proof(tree_of(entries), before) == rfc_consistency_proof(before, entries)


def test_a_proof_grows_with_the_logarithm_of_the_log() -> None:
    entries = entries_of(5_000)
    tree = tree_of(entries)
    longest = [max(len(inclusion_proof(tree, index)) for index in range(0, 5_000, 7))]
    longest.append(max(len(consistency_proof(tree, before)) for before in range(0, 5_000, 7)))
    assert max(longest) <= 14  # 13 binary digits


def test_a_tree_reads_each_tile_once() -> None:
    entries, asked = entries_of(600), []
    files = grown(entries)

    def read(path: str) -> bytes:
        asked.append(path)
        return files[path]

    tree = TiledTree(600, read)
    for index, after in pairwise(range(0, 600, 50)):
        inclusion_proof(tree, index)
        consistency_proof(tree, after)
    assert len(asked) == len(set(asked))
