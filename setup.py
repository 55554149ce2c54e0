"""Compile the message catalogues into the package while it is built."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class build_py_with_catalogues(build_py):
    """Write each .mo beside its .po before the files are collected."""

    def run(self):
        for po in Path("translations").glob("*/LC_MESSAGES/*.po"):
            with po.open("rb") as source, po.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source, locale=po.parts[-3]))
        super().run()


setup(cmdclass={"build_py": build_py_with_catalogues})
