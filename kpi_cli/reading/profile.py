"""What a `kpi.toml` says of the workbooks beside it and below: headings, words, settings, period.

It is written once for an organisation whose workbooks say things in their own way. Headings and
words are matched by what they say, never by where they stand.
"""

import stat
import tomllib
from collections.abc import Callable, Iterable
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kpi_cli.amounts import LARGEST
from kpi_cli.fields import INDICATOR_FIELDS, SETTINGS
from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.names import fold, nearest
from kpi_cli.period_words import period_named
from kpi_cli.reading.heading_words import IGNORE, fold_heading, named_field
from kpi_cli.reading.settings import parse_setting
from kpi_cli.reading.vocabulary import parse_direction, parse_outcome, parse_polarity
from kpi_cli.sentences import listed
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError

_LARGEST = 1024**2  # bytes; a profile is a page of text
_MOST_SHOWN = 60  # characters of what is wrong
_FIELDS = (*INDICATOR_FIELDS, IGNORE)
_SETTINGS = {fold(setting.name) for setting in SETTINGS}
_Words = dict[str, str]


class Profile(BaseModel):
    """What is known of an organisation's workbooks, beyond what they say themselves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    period: Annotated[
        str,
        Field(description='The period of figures that say none, such as "Q3 2018/19".'),
    ] = ""
    polarity: Annotated[
        str,
        Field(
            description="Which way is good for every indicator that nothing else tells it of:"
            " maximise or minimise."
        ),
    ] = ""
    definitions: Annotated[
        str,
        Field(
            description="The path of a workbook with what is known of each indicator; it starts"
            " from the folder of the profile."
        ),
    ] = ""
    headings: Annotated[
        _Words,
        Field(
            description="Which field each heading means, by the field's key; ignore for a column"
            " that is not to be read."
        ),
    ] = {}
    outcomes: Annotated[
        _Words, Field(description="Which expected outcome each word means, such as at_risk or red.")
    ] = {}
    directions: Annotated[
        _Words, Field(description="Which direction each word means: better, worse or same.")
    ] = {}
    polarities: Annotated[
        _Words,
        Field(description="Which way is good by each word: maximise, minimise or goldilocks."),
    ] = {}
    settings: Annotated[
        dict[str, str | bool | int | float],
        Field(description="The settings of workbooks that have no such row, by their names."),
    ] = {}

    @property
    def year_starts(self) -> int:
        """The month that the financial year starts with, as its settings say: 4 for April."""
        return int(self.settings.get("financial_year_starts", 4))

    @field_validator("headings")
    @classmethod
    def _name_fields(cls, headings: _Words) -> _Words:
        found: _Words = {}
        for heading, name in headings.items():
            key, field = fold_heading(heading), _field(heading, name)
            if not key:
                message = f'"{_short(heading)}" has no letter or digit to tell a heading by'
                raise ValueError(f"{message}; leave it out")
            if found.setdefault(key, field) != field:
                message = f'"{_short(heading)}" is there twice, as {found[key]} and as {field}'
                raise ValueError(f"{message}; leave one of the two")
        return found

    @field_validator("outcomes")
    @classmethod
    def _name_outcomes(cls, words: _Words) -> _Words:
        return _meanings(words, parse_outcome, Outcome, "expected outcome")

    @field_validator("directions")
    @classmethod
    def _name_directions(cls, words: _Words) -> _Words:
        return _meanings(words, parse_direction, Direction, "direction")

    @field_validator("polarities")
    @classmethod
    def _name_polarities(cls, words: _Words) -> _Words:
        return _meanings(words, parse_polarity, Polarity, "polarity")

    @field_validator("polarity")
    @classmethod
    def _name_polarity(cls, text: str) -> str:
        if text and text.strip().casefold() not in ("maximise", "minimise"):
            raise ValueError(f'"{_short(text)}" is no polarity for all; write maximise or minimise')
        return text.strip().casefold()

    @field_validator("period")
    @classmethod
    def _name_period(cls, text: str) -> str:
        for year_starts in (1, 4):
            try:
                if text:
                    period_named(_short(text), year_starts)
            except ValueError:
                if year_starts == 4:
                    raise
            else:
                break
        return text

    @field_validator("settings")
    @classmethod
    def _name_settings(cls, settings: dict[str, Any]) -> dict[str, Any]:
        named: dict[str, Any] = {}
        for name, value in settings.items():
            if isinstance(value, float) and not isfinite(value):
                raise ValueError(f'"{_short(name)}" is {value}; write a number')
            if not isinstance(value, str) and abs(value) > LARGEST:
                raise ValueError(f'"{_short(name)}" is {_shown(value)}; write a smaller number')
            key, parsed = parse_setting(name, value)
            if key in named:
                raise ValueError(f'"{name}" is set a second time; leave one of the two')
            named[key] = parsed
        return {key: value for key, value in named.items() if value is not None}


class Given(NamedTuple):
    """A profile, and the name of the file that it was read from."""

    profile: Profile
    name: str = "kpi.toml"


def read_profile(path: Path) -> Profile:
    """Return the profile that a file holds; its definitions' path starts from the file's folder.

    Raises UnreadableWorkbookError, with what to do, where the file can't be read or has something
    in it that is unknown.
    """
    try:
        profile = Profile.model_validate(tomllib.loads(_content(path).decode("utf-8-sig")))
    except OSError as error:
        message = f"the profile {path} can't be opened: {error.strerror}; check the path"
        raise UnreadableWorkbookError(message) from error
    except UnicodeDecodeError as error:
        message = f"the profile {path} is no text in UTF-8; save it as that"
        raise UnreadableWorkbookError(message) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else error
        message = f"the profile {path} is no TOML: {reason}; correct it there"
        raise UnreadableWorkbookError(message) from error
    except ValidationError as error:
        raise UnreadableWorkbookError(f"the profile {path}: {_first_fault(error)}") from error
    except ValueError as error:  # Python reads no number of thousands of digits
        message = f"the profile {path} has a number that is too long; correct it there"
        raise UnreadableWorkbookError(message) from error
    if profile.definitions:
        own = path.parent / profile.definitions
        profile = profile.model_copy(update={"definitions": str(own)})
    return profile


def _content(path: Path) -> bytes:
    """Return what is in the file of a profile; raises as read_profile does for what is none."""
    told = path.stat()
    if stat.S_ISDIR(told.st_mode):
        raise UnreadableWorkbookError(f"the profile {path} is a folder; give the path of a file")
    if not stat.S_ISREG(told.st_mode):  # a pipe could keep us waiting for ever
        message = f"the profile {path} is no file that is stored; save it first"
        raise UnreadableWorkbookError(message)
    if told.st_size > _LARGEST:
        message = f"the profile {path} is larger than 1 MiB, and none; check the path"
        raise UnreadableWorkbookError(message)
    return path.read_bytes()


def _first_fault(error: ValidationError) -> str:
    """Return the first thing that is wrong in a profile, and what to do."""
    fault = error.errors()[0]
    key, *within = (str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return _unknown_key(key)
    place = f"[{key}] {_short(within[0])}" if within else key
    if fault["type"] == "value_error":
        return f"{place}: {fault['ctx']['error']}"
    what = "table" if fault["type"] == "dict_type" else "text"
    instead = "write it between quotes"
    if what == "table":
        instead = f"write a line [{key}], and below it what it says"
    elif key == "settings":
        what, instead = "value of a setting", "write a text, a number, or true or false"
    return f"{place}: {_shown(fault['input'])} is no {what}; {instead}"


def _unknown_key(key: str) -> str:
    near = nearest(key, Profile.model_fields, likeness=0.6)
    known = f'is "{near}" meant?' if near else f"known are {listed(Profile.model_fields)}"
    if fold(key.replace("_", " ")) in _SETTINGS:
        known = "a setting stands below [settings]"
    return f'"{_short(key)}" is unknown; {known}'


def _shown(value: object) -> str:
    """Return a value of another type than is wanted as it stands in the file, or what it is."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) > LARGEST:
        return "a very large number"
    kinds = {dict: "a table", list: "a list"}
    return next((name for kind, name in kinds.items() if isinstance(value, kind)), _short(value))


def _short(text: object) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= _MOST_SHOWN else f"{line[:_MOST_SHOWN]}…"


def _field(heading: str, name: str) -> str:
    """Return the key of a field, by the key or by one of its headings."""
    key = fold(name).replace(" ", "_")
    if key in _FIELDS:
        return key
    if field := named_field(name):
        return field
    near = nearest(key, _FIELDS, likeness=0.6)
    known = f'is "{near}" meant?' if near else f"known are {listed(_FIELDS)}"
    raise ValueError(f'"{_short(name)}", for "{_short(heading)}", is no field; {known}')


def _meanings(
    words: _Words, parse: Callable[[str], Any], known: Iterable[Any], what: str
) -> _Words:
    """Return the label of what each word means, by the word as it folds."""
    by_key = {each.value: each for each in known}
    found: _Words = {}
    for word, name in words.items():
        meaning = by_key.get(fold(name).replace(" ", "_")) or parse(name)
        if meaning is None:
            wrong = f'"{_short(name)}", for "{_short(word)}", is no {what}'
            raise ValueError(f"{wrong}; write {listed(by_key)}")
        found[fold(word)] = meaning.label
    return found
