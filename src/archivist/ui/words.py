"""Small words of the window: plurals, sizes, dates, languages, and names from elsewhere kept apart."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

_FIRST_STRONG, _END = "\u2068", "\u2069"
_UNITS = ("bytes", "KB", "MB", "GB")


def plural(count: int, one: str, many: str) -> str:
    """`one` for 1, else `many` with the number in place of `{}`."""
    return one.replace("{}", number(count)) if count == 1 else many.replace("{}", number(count))


def number(count: int) -> str:
    """With the separators of the user's language."""
    return QLocale().toString(count)


def isolate(text: str) -> str:
    """Words of a document inside our own line, so that their direction disturbs nothing."""
    return f"{_FIRST_STRONG}{text}{_END}"


def size_words(size: int) -> str:
    amount = float(size)
    for unit in _UNITS:
        if amount < 1000 or unit == _UNITS[-1]:
            break
        amount /= 1000
    digits = 0 if amount >= 10 or unit == _UNITS[0] else 1
    shown = QLocale().toString(amount, "f", digits)
    return {
        "bytes": tr("Words", "{} bytes"),
        "KB": tr("Words", "{} KB"),
        "MB": tr("Words", "{} MB"),
        "GB": tr("Words", "{} GB"),
    }[unit].format(shown)


def time_words(seconds: float) -> str:
    """How long something takes, as exactly as one wants to know it."""
    if seconds < 60:
        return tr("Words", "{} s").format(max(1, round(seconds)))
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return tr("Words", "{} min").format(minutes)
    return tr("Words", "{} h {} min").format(hours, minutes)


def day_words(day: date | datetime) -> str:
    """A day as one writes it: 2 May 2024."""
    if isinstance(day, datetime):
        day = day.astimezone().date()
    return QLocale().toString(_qt(day), "d MMM yyyy")


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def moment_words(moment: datetime) -> str:
    local = moment.astimezone()
    return tr("Words", "{}, {}").format(day_words(local), f"{local:%H:%M}")


def date_words(iso: str) -> str:
    """An ISO date as exact as it is known: 2024, May 2024, 2 May 2024."""
    parts = iso.split("-")
    try:
        if len(parts) == 3:
            return day_words(date.fromisoformat(iso))
        if len(parts) == 2:
            return QLocale().toString(_qt(date.fromisoformat(f"{iso}-01")), "MMM yyyy")
    except ValueError:
        return iso
    return iso


def language_name(code: str) -> str:
    """A language by its name in the user's language; its code where it has none."""
    language = QLocale(code.replace("-", "_")).language()
    if not code or language is QLocale.Language.C:
        return _OTHER_LANGUAGES.get(code, code.upper())
    return QLocale.languageToString(language)


_OTHER_LANGUAGES = {"": "", "bo": "Tibetan", "ug": "Uyghur"}


def tr(context: str, text: str) -> str:
    """A sentence of the window in the user's language, outside of a widget."""
    return QCoreApplication.translate(context, text)
