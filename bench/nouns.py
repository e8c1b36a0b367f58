"""How often code in a sentence makes a checker find what is not there.

    python bench/nouns.py

Every sentence is right whatever noun stands in it, so each finding is a false alarm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from faults import find_in

from variorum.languagetool import Grammar

CODE = (
    "x", "apple", "open()", "--fix", "mkdocs.yml", "/etc/hosts", "items", "ID", "URL", "a = 1",
    "self", "<div>", "HTTP", "user_id", "8080", "Essay", "NULL", "is", "don’t", "the", "[0]",
)
SENTENCES = """
The @ is set.
The @ are set.
Set @ to zero.
@ is a file.
@ are files.
Use @ to check it.
Call @ on @ first.
Both @ and @ work.
Neither @ nor @ works.
Two @ were found.
The @ option, the @ flag and the @ key are described below.
This @ does nothing.
These @ do nothing.
It returns @.
It returns @, which is wrong.
Return @ if the list is empty.
If @ is true, stop.
When @ fails, try @ again.
With @, you can do this.
The value of @ must be one of @, @ or @.
Its name is @ (or @).
See “@” for more.
He wrote @s everywhere.
The @-based solution is better.
The new @’s name is short.
Run @; then run @.
Run @: it prints @.
Every @ has a name.
Each @ has its own @.
All @ have names.
Many @ exist.
Much of @ is old.
He is in @ now.
I set it in @ and in @.
They have @ed it.
To @ or not to @ is the question.
You should @ it.
The file @ contains @.
Files such as @ and @ are read.
A file named @ is made.
An option named @ is made.
It was @ that failed.
There is @ in it.
There are @ in it.
Where is @?
What does @ mean?
Is @ right?
Does @ work?
@ and @ are equal.
@
@, @ and @
@: a file
The type is @.
Type @ and press @.
Press @ + @.
Change @ to @.
Replace @ with @.
It takes @ as its argument.
It has no @.
Not @ but @ is meant.
Only @ works.
Most @ work.
Some @ is left.
One @ is enough.
One of the @ is enough.
The first @ is bad, the second @ is good.
The @ of the @ of the @ is long.
He likes @ better than @.
“@ is wrong,” he said.
By @ we mean this.
Here @ means a letter, and @ means a number.
Let @ be a number.
Let @ and @ be numbers such that @ is greater than @.
Then @ follows from @.
Since @ is true, @ is false.
We have @ and so @.
It is a @.
It is an @ here.
A @ is there.
An @ is there, and an @ too.
It is a new @.
""".strip().splitlines()
"""Code stands where they have ``@``."""


def alarms(code: Sequence[str], grammar: Grammar) -> Iterator[tuple[str, str]]:
    """Each rule that finds something in a sentence with one of ``code``, and the sentence."""
    for piece in code:
        for sentence in SENTENCES:
            text = sentence.replace("@", f"`{piece}`")
            yield from ((finding.rule, text) for finding in find_in(text, grammar))


def main() -> None:
    """Measure and print."""
    found = list(alarms(CODE, Grammar()))
    print(f"{len(SENTENCES)} sentences, {len(CODE)} pieces of code: {len(found)} false alarms")
    for rule, text in found:
        print(f"{rule}: {text}")


if __name__ == "__main__":
    main()
