"""XML of XForms: read without fetching or expanding anything, names without their prefixes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from app.questionnaire.problems import FormErrors, problem

XFORMS = "http://www.w3.org/2002/xforms"
JAVAROSA = "http://openrosa.org/javarosa"
OPENROSA = "http://openrosa.org/xforms"
ODK = "http://www.opendatakit.org/xforms"
XHTML = "http://www.w3.org/1999/xhtml"
NAMESPACES = {"x": XFORMS, "h": XHTML, "jr": JAVAROSA, "odk": ODK}


def parse_xml(source: bytes) -> etree._Element:
    """The root element. Raises FormErrors for what is not XML or declares entities."""
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FormErrors([problem("xml", reason=error)]) from error
    if root.getroottree().docinfo.doctype:
        raise FormErrors([problem("doctype")])
    return root


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(etree.QName(element).localname)


def elements(parent: etree._Element) -> Iterator[etree._Element]:
    """The elements directly inside one."""
    return (child for child in parent if isinstance(child.tag, str))


def child(parent: etree._Element, name: str) -> etree._Element | None:
    """The first element of that name directly inside, in any namespace."""
    return next((each for each in elements(parent) if local(each) == name), None)


def part(parent: etree._Element, name: str) -> etree._Element:
    """The element of that name directly inside. Raises FormErrors when there is none."""
    found = child(parent, name)
    if found is None:
        raise FormErrors([problem("xform_shape", name=name)])
    return found


def primary_instance(root: etree._Element) -> etree._Element:
    """The root of an XForm's primary instance, the first of its model. Raises FormErrors."""
    instance = part(part(part(root, "head"), "model"), "instance")
    found = next(elements(instance), None)
    if found is None:
        raise FormErrors([problem("xform_shape", name="instance")])
    return found


def attribute(element: etree._Element, name: str, namespace: str = JAVAROSA) -> str:
    """An attribute of a namespace, "" when it is not there."""
    return str(element.get(f"{{{namespace}}}{name}", ""))


def without_namespaces(element: etree._Element) -> etree._Element:
    """A copy in which no name has a prefix and there are no attributes."""
    copy = etree.Element(local(element))
    copy.text = element.text
    copy.tail = None
    copy.extend(without_namespaces(each) for each in elements(element))
    return copy
