"""The words that the baseline reader knows, as patterns."""

from __future__ import annotations

import re
from typing import Final


def _kinds(*words_of: tuple[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    """Kinds of something with the words that tell them, in any case, whole words only."""
    return [(kind, re.compile(rf"\b(?:{like})\b", re.IGNORECASE)) for kind, like in words_of]


TYPES: Final = _kinds(
    ("suicide_bombing", r"suicide (?:bomb\w*|attack\w*)|blew (?:him|her|them)sel\w+ up"),
    ("air_strike", r"air[ -]?(?:strikes?|raids?)|barrel bombs?|warplanes?|drone strikes?|jets"),
    ("indirect_fire", r"rockets?|mortars?|shell(?:ed|s|ing)|artillery|missiles?"),
    ("grenade_attack", r"grenades?"),
    ("bombing", r"(?:car|truck|roadside) bombs?|bomb(?:s|ed|ing|ings)?|IEDs?|landmines?|explosions?"
     r"|exploded|detonated"),
    ("abduction", r"kidnap\w*|abduct\w*|took hostage|taken hostage"),
    ("execution", r"behead\w*|execut(?:ed|ion|ions)"),
    ("melee_attack", r"stab(?:bed|bing)|knife attack|hacked to death|machetes?"),
    ("cbrn_attack", r"chlorine|sarin|chemical attack|nerve agent"),
    ("armed_clash", r"clash(?:es|ed)?|firefight|gun ?battle|fighting (?:broke out|erupted)"),
    ("violence_against_protest", r"fired (?:on|at) protesters|tear gas"),
    ("mob_violence", r"lynch\w*|mob (?:killed|beat)"),
    ("arson_sabotage", r"set (?:fire to|ablaze)|torched|arson"),
    ("armed_attack", r"gunm[ae]n|opened fire|shot(?: dead)?|shooting|ambush\w*|massacre\w*"
     r"|assassinat\w*|attack(?:ed|ers)?"),
    ("other_attack", r"killed|wounded|attacks|fighting|clashing|strikes?|blasts?"),
)  # fmt: skip
"""Types by their keywords; of the kinds in a sentence the first of this list counts."""
WEAPONS: Final = _kinds(
    ("air.unspecified", r"air[ -]?(?:strikes?|raids?)|barrel bombs?|warplanes?|helicopters?"),
    ("vehicle_bomb", r"(?:car|truck) bombs?"),
    ("suicide_vest", r"suicide (?:vest|belt)"),
    ("ied", r"(?:roadside )?bombs?|IEDs?|explosive devices?"),
    ("rocket", r"rockets?"),
    ("mortar", r"mortars?"),
    ("artillery", r"artillery|shell(?:ed|s|ing)"),
    ("missile.unspecified", r"missiles?"),
    ("drone.unspecified", r"drones?"),
    ("grenade", r"grenades?"),
    ("firearm", r"gunm[ae]n|opened fire|shot|shooting|gunfire|rifles?"),
    ("melee", r"kni(?:fe|ves)|stabbed|machetes?"),
    ("chemical", r"chlorine|sarin"),
)
TARGETS: Final = _kinds(
    ("diplomatic", r"(?:\w+ )?(?:embassy|consulate)"),
    ("religious", r"(?:\w+ )?(?:mosque|church|synagogue|temple)"),
    ("medical", r"(?:\w+ )?(?:hospital|clinic)"),
    ("school", r"(?:\w+ )?(?:school|university)"),
    ("military_base", r"(?:\w+ )?(?:military base|air ?base|army base|checkpoint|barracks)"),
    ("police", r"(?:police|policem[ae]n)(?: \w+)?(?: station| patrol| officers?)?"),
    ("military", r"(?:soldiers|troops|army (?:patrol|convoy|position)|convoy)"),
    ("commercial", r"(?:\w+ )?(?:market|bazaar|hotel|restaurant|shop)"),
    ("civilians", r"civilians|villagers|residents|protesters|worshippers|pilgrims"),
)
ACTORS: Final = re.compile(
    r"\b(?:Islamic State|ISIS|ISIL|IS militants|the Taliban|Taliban|al-Qaeda|al-Shabaab|Boko Haram"
    r"|Hezbollah|Hamas|(?:[A-Z]\w+ )?(?:gunmen|militants|rebels|insurgents|fighters|warplanes"
    r"|forces))\b"
)
VAGUE: Final = {"several": 3, "dozens": 24, "scores": 40, "hundreds": 200}
_ONES: Final = "one two three four five six seven eight nine ten eleven twelve"
NUMBERS: Final = {"a": 1, "an": 1} | {word: at for at, word in enumerate(_ONES.split(), 1)}
_NUMBER: Final = rf"(?:\d[\d,]*|{'|'.join([*NUMBERS, *VAGUE])})"
_BOUND: Final = r"(?:at least |more than |over )?"
TOLLS: Final = {
    outcome: (
        re.compile(
            rf"\b(?P<figure>{_BOUND}{_NUMBER})\b(?: of)?(?: \w+){{0,3}}? (?:others |people |more )?"
            rf"(?:were |was |been |have been |lay |are )?(?:{past})\b",
            re.IGNORECASE,
        ),
        re.compile(rf"\b(?:{active}) (?P<figure>{_BOUND}{_NUMBER})\b", re.IGNORECASE),
    )
    for outcome, past, active in (
        ("killed", "killed|dead|died|slain|deaths", "killed|killing|kills|kill"),
        ("injured", "injured|wounded|hurt", "injured|injuring|wounded|wounding"),
    )
}
"""A figure before the word, "12 people were killed", and one behind it, "killing 12"."""
PLACE: Final = re.compile(
    r"\b(?:in|at|near|on|of)(?: the)? (?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)"
)
SOURCE: Final = re.compile(
    r"(?P<name>(?:[A-Z][\w'’-]+ )*(?:[A-Z][\w'’-]{2,}|police|officials?|witnesses|activists"
    r"|residents|medics|spokesm[ae]n|spokeswoman)) (?:said|told|reported)\b"
    r"|according to (?P<other>(?:the |a )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*|(?:the )?\w+)"
)
SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?]*")
_CAPITALISED: Final = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June"
    " July August September October November December Islam God Twitter Facebook He She It They The"
    " This That We You But And"
)
NOT_PLACES: Final = frozenset(_CAPITALISED.split())
