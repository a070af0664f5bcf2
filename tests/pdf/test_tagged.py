"""One test for each fault of WeasyPrint 70 that ``tagged`` mends."""

from __future__ import annotations

from weasyprint import CSS, HTML

from app.summaries import tagged
from tests.pdf.tags import artifacts, faults, links, marked, read, text

SMALL = CSS(string="@page { size: 10cm 6cm; margin: 1cm } * { font: 10pt 'DejaVu Sans' }")
ROWS = "".join(f"<tr><th scope=row>row {n}</th><td>{n}</td></tr>" for n in range(12))
TABLE = (
    "<table><thead><tr><th scope=col>Answer</th><th scope=col>People</th></tr></thead>"
    f"<tbody>{ROWS}</tbody></table>"
)


def made(body: str, css: str = "", mended: bool = True) -> bytes:
    html = f"<html lang=en><title>Sample</title><body><h1>Sample</h1>{body}</body></html>"
    data = HTML(string=html).write_pdf(
        stylesheets=[SMALL, CSS(string=css)],
        pdf_variant="pdf/ua-1",
        finisher=tagged.mend if mended else None,
    )
    assert isinstance(data, bytes)
    if mended:
        assert faults(data) == []
        tree = read(data)
        told = list(tree.content())
        assert set(told) == marked(data), "content in no tag, or tagged content that is not there"
        assert len(told) == len(set(told)), "content in two tags"
    return data


def test_a_header_says_what_it_is_the_header_of() -> None:
    scopes = [tag.attributes.get("Scope") for tag in read(made(TABLE)).all("TH")]
    assert scopes == ["/Column"] * 2 + ["/Row"] * 12


def test_a_table_over_pages_is_one_table_with_one_header() -> None:
    data = made(TABLE)
    tree = read(data)
    assert len(text(data).split("\f")) > 2, "the table must need several pages"
    assert [len(tree.all(name)) for name in ("Table", "THead", "TBody", "TR")] == [1, 1, 1, 13]
    (table,) = tree.all("Table")
    assert [kid.type for kid in table.kids] == ["THead", "TBody"]


def test_a_row_over_pages_is_one_row() -> None:
    words = "word " * 60
    data = made(
        f"<table><tr><th scope=row>{words}</th><td>{words}</td></tr></table>",
        "td, th { width: 50%; font-weight: 400 }",
    )
    (row,) = read(data).all("TR")
    assert [cell.type for cell in row.kids] == ["TH", "TD"]


def test_a_paragraph_and_a_list_item_over_pages_are_one() -> None:
    words = "word " * 120
    tree = read(made(f"<p>{words}</p><ul><li>{words}</li></ul>"))
    assert len(tree.all("P")) == len(tree.all("LI")) == len(tree.all("L")) == 1


def test_a_list_in_columns_is_one() -> None:
    data = made("<ul><li>a<li>b<li>c<li>d</ul>", "ul { columns: 2; list-style: none }")
    (found,) = read(data).all("L")
    assert [kid.type for kid in found.kids] == ["LI"] * 4


def test_a_link_over_pages_is_one_and_stays_tied_to_its_annotations() -> None:
    words = "word " * 120
    data = made(f'<p><a href="https://example.org">{words}</a></p>')
    assert len(read(data).all("Link")) == 1
    assert {kind for _name, kind in links(data)} == {"/Link"}
    assert len(links(data)) > 1


def test_a_link_over_lines_is_one() -> None:
    words = "word " * 20
    data = made(f'<p>Before <a href="https://example.org">{words}</a> and <b>{words}</b> after</p>')
    (paragraph,) = read(data).all("P")
    assert [tag.type for tag in paragraph.kids[:3]] == ["Span", "Link", "Span"]
    assert len(read(data).all("NonStruct")) == 1
    assert len(links(data)) > 1


def test_what_is_inside_a_link_is_no_link_of_its_own() -> None:
    body = '<p><a href="https://example.org">The <b>big <i>words</i></b></a></p>'
    data = made(body, "a::before { content: '7 ' }")
    assert {kind for _name, kind in links(data)} == {"/Link"}
    assert len(read(data).all("Link")) == 1


def test_a_link_is_called_by_its_words() -> None:
    assert links(made('<p><a href="https://example.org/x"> The\n words</a></p>')) == [
        ("The words", "/Link")
    ]


def test_running_lines_are_artifacts() -> None:
    css = "@page { @top-left { content: 'running' } @bottom-left { content: element(foot) } }"
    data = made(f"<p class=foot>foot</p>{TABLE}", css + ".foot { position: running(foot) }")
    assert all(found.count("/Pagination") >= 2 for found in artifacts(data))
    assert text(data).count("running") == text(data).count("foot") == len(artifacts(data))


def test_decoration_is_an_artifact() -> None:
    drawing = '<svg {} viewBox="0 0 9 9" width="9" height="9"><rect width="9" height="9"/></svg>'
    data = made(f"<p>Bar {drawing.format('aria-hidden=true')}</p>")
    assert read(data).all("Figure") == []
    assert artifacts(data) == [["/Pagination"]]


def test_a_figure_lies_where_it_is_drawn() -> None:
    drawing = "<svg viewBox='0 0 9 9' width='40' height='20'><title>A bar</title></svg>"
    data = made(drawing, "body, h1 { margin: 0; line-height: 20px } svg { display: block }")
    (figure,) = read(data).all("Figure")
    assert figure.alt == "A bar"
    left, bottom, right, top = figure.attributes["BBox"]
    page_height, margin = 6 / 2.54 * 72, 72 / 2.54
    assert (round(left - margin, 1), round(right - left, 1)) == (0, 30)
    assert (round(page_height - margin - top, 1), round(top - bottom, 1)) == (15, 15)


def test_a_list_says_how_it_is_numbered() -> None:
    lists = "<ul><li>a</ul><ol><li>b</ol><ol class=a><li>c</ol><ul class=b><li>d</ul>"
    css = ".a { list-style: lower-alpha } .b { list-style: none }"
    found = [tag.attributes["ListNumbering"] for tag in read(made(lists, css)).all("L")]
    assert found == ["/Disc", "/Decimal", "/LowerAlpha", "/None"]


def test_a_part_in_another_language_says_so() -> None:
    tree = read(made("<p>One <span lang=id>dua</span></p><p lang=id>Tiga</p>"))
    assert [(tag.type, tag.language) for tag in tree.walk() if tag.language] == [
        ("Span", "id"),
        ("P", "id"),
    ]


def test_the_faults_are_still_there_without_us() -> None:
    """When WeasyPrint mends one of these itself, its repair here can go."""
    svg = "<svg viewBox='0 0 9 9' width='9' height='9'><title>A bar</title></svg>"
    data = made(f"<ul><li>{svg}</ul><p lang=id>Satu</p>{TABLE}", mended=False)
    tree = read(data)
    assert len(tree.all("Table")) > 1
    assert not any("Scope" in tag.attributes for tag in tree.all("TH"))
    assert "ListNumbering" not in tree.all("L")[0].attributes
    assert tree.all("Figure")[0].attributes["BBox"][3] > 20
    assert not any(tag.language for tag in tree.walk())
    named = made('<p><a href="https://example.org/x">words</a></p>', mended=False)
    assert links(named) == [("https://example.org/x", "/Link")]
