"""The house stands as drawn: layers, no circles, packages as listed, components as agreed."""

import ast
import configparser
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pesona"

# A part may import only what stands in a row above its own, and its own folder (docs/decisions/0004-layers.md).
ROWS = (
    ("locales", "clock", "paths", "background"),
    ("addresses", "text", "wsgi", "pictures", "drawings"),
    ("settings", "db", "lunar"),
    ("models", "published", "recurrence", "geo"),
    ("prices", "hours", "facilities"),
    ("queries", "counts", "media", "plan"),
    ("search", "editing", "shapes", "sheets", "social"),
    ("assets", "access"),
    ("i18n", "security", "cache", "paging"),
    ("sharing",),
    ("head",),
    ("errors", "details"),
    ("public", "admin", "cli"),
    ("app",),
    ("__main__",),
)
LEVELS = {part: level for level, row in enumerate(ROWS) for part in row}
NO_WEB = ("locales", "addresses", "clock", "paths", "text", "wsgi", "settings", "lunar", "models", "published", "prices",
          "facilities", "hours", "recurrence", "geo", "queries", "shapes", "sheets", "pictures", "drawings", "media",
          "plan", "social")  # fmt: skip
WEB = {"flask", "flask_babel", "werkzeug", "wtforms"}


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)


def part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Return the dotted names that *path* imports, also inside functions; `from pesona import x` is `pesona.x`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: a relative import"
            module = node.module or ""
            found.add(module)
            found |= {f"{module}.{alias.name}" for alias in node.names if module.split(".")[0] == "pesona"}
    return found


def module_names() -> dict[str, Path]:
    return {".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p for p in modules()}


def test_every_part_has_a_level() -> None:
    assert {part(p) for p in modules()} - {"__init__", "demo", "guide"} == set(LEVELS)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_part_imports_only_what_lies_lower(path: Path) -> None:
    own = part(path)
    for name in imports(path):
        pieces = name.split(".")
        if pieces[0] == "pesona" and len(pieces) > 1 and pieces[1] != own:
            assert LEVELS[pieces[1]] < LEVELS[own], f"{own} → {name}"


def test_there_are_no_circles() -> None:
    names = module_names()
    graph = {name: {i for i in imports(path) if i in names and i != name} for name, path in names.items()}
    while leaves := [name for name, below in graph.items() if not below & graph.keys()]:
        for name in leaves:
            del graph[name]
    assert not graph, f"modules in a circle: {sorted(graph)}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_import_hides_in_a_function(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
        assert not [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)], function.name


@pytest.mark.parametrize("path", [p for p in modules() if part(p) in NO_WEB], ids=lambda p: str(p.relative_to(PACKAGE)))
def test_the_low_parts_know_no_web(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & WEB


@pytest.mark.parametrize(
    "path", [p for p in modules() if p.name != "__init__.py"], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_every_module_and_class_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), f"{path}: no docstring"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}: class {node.name} has no docstring"


def test_packages_say_nothing_at_import() -> None:
    for path in PACKAGE.rglob("__init__.py"):
        body = ast.parse(path.read_text("utf-8")).body
        assert all(isinstance(n, ast.Expr) for n in body), f"{path}: more than a docstring"


def test_the_listed_packages_are_the_folders() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    listed = set(config["options"]["packages"].split())
    folders = {".".join(p.parent.relative_to(ROOT).parts) for p in PACKAGE.rglob("__init__.py")}
    assert listed == folders | {"pesona.static", "pesona.templates", "pesona.translations"}


COMPONENTS = sorted((ROOT / "templates/components").glob("*.html"))


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda p: p.stem)
def test_a_component_is_one_macro_of_its_own_name(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("{#"), "the first line is a comment: what it is, how it is called"
    assert path.stem in text.splitlines()[0] or "{{" in text.splitlines()[0]
    macros = re.findall(r"{%-?\s*macro (\w+)\(", text)
    assert macros[-1] == path.stem, f"macros {macros}"
    assert not re.search(r"\b(g|request|session)\.", text), "values come by argument"


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda p: p.stem)
def test_a_template_uses_what_it_imports(path: Path) -> None:
    text = path.read_text("utf-8")
    for names in re.findall(r'{%-?\s*from "components/\w+\.html" import ([^%]+?)\s*-?%}', text):
        for name in names.split(","):
            used = name.split(" as ")[-1].strip()
            assert re.search(rf"\b{used}\(|drawn_once\({used},", text), f"{path.name}: {used} is imported and not used"


@pytest.mark.parametrize("path", sorted((ROOT / "static/css").rglob("*.css")), ids=lambda p: p.stem)
def test_styles_keep_to_layers_and_tokens(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert re.sub(r"@font-face \{[^}]*\}", "", text).strip().startswith("@layer"), f"{path.name}: not in a layer"
    assert "!important" not in text
    assert "@import" not in text
    if path.stem != "tokens":
        colours = re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", text)
        assert not colours, f"{path.name}: colours outside tokens: {colours}"
