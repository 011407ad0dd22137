"""Stands in for the program that would build pyodcs, of which only the files are wanted: pip asks it what the package is called, and
is answered from what the package says itself. So nothing of it is built or run, and no Rust is needed.
https://peps.python.org/pep-0517/#build-backend-interface"""
from pathlib import Path


def get_requires_for_build_wheel(config_settings=None):
    return []


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    said = Path('PKG-INFO').read_text(encoding='utf-8')
    fields = dict(line.split(': ', 1) for line in said.split('\n\n')[0].splitlines() if ': ' in line)
    folder = Path(metadata_directory, f"{fields['Name']}-{fields['Version']}.dist-info")
    folder.mkdir()
    (folder / 'METADATA').write_text(said, encoding='utf-8')
    return folder.name
