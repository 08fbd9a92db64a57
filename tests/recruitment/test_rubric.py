from programmes.characteristics import Characteristic
from recruitment.rubric import CRITERIA, SOURCE, criterion


def test_the_rubric_has_the_seven_in_their_order():
    assert [item.characteristic for item in CRITERIA] == list(Characteristic)
    assert [item.number for item in CRITERIA] == [1, 2, 3, 4, 5, 6, 7]


def test_every_criterion_has_a_question_and_five_different_anchors():
    for item in CRITERIA:
        assert item.question.rstrip().endswith((".", "?"))
        assert len(set(item.anchors)) == 5
        assert [mark for mark, _ in item.marks()] == [0, 1, 2, 3, 4]


def test_reviewers_are_helped_where_the_paper_has_a_condition():
    assert criterion("STRATEGIC_LEVEL").help_for_reviewers.startswith("In any field")
    assert criterion("SHARED_VISION").help_for_reviewers.startswith("Not single issue champions")


def test_the_rubric_cites_its_source():
    assert "Morton M, Paice E (2016)" in SOURCE
