"""The contract between an API and who calls it: what its description says of a request and an answer, checked.

`Contract` judges one exchange after another; what it compiles for an operation it keeps. It breaks nothing: each
`Breach` is data, for the engine to tell or to fail a step with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arazzo_runner.doors import door

if TYPE_CHECKING:
    from arazzo_runner.contract.breach import Breach
    from arazzo_runner.contract.contract import Contract
else:
    __getattr__ = door(
        __name__,
        {
            "Breach": "arazzo_runner.contract.breach",
            "Contract": "arazzo_runner.contract.contract",
        },
    )

__all__ = ["Breach", "Contract"]
