"""The contract between an API and who calls it: what its description says of a request and an answer, checked.

`Contract` judges one exchange after another; what it compiles for an operation it keeps. It breaks nothing: each
`Breach` is data, for the engine to tell or to fail a step with.
"""

from arazzo_runner.contract.breach import Breach
from arazzo_runner.contract.contract import Contract

__all__ = ["Breach", "Contract"]
