"""How the files of tests are shared out among processes."""

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

# Minutes for all packs and nothing shared between them: each pack is a piece of work of its own.
BY_PACK = "test_every_rule_is_proved.py"


class ByFileOrPack(LoadFileScheduling):
    """A file goes to one process whole, save the one that proves every pack: its packs go first.

    Files are begun with those of most tests, so the few long ones would otherwise be the last.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file.endswith(BY_PACK) and "[" in nodeid:
            return f"{file}{nodeid[nodeid.index('[') :]}"
        return file

    def _assign_work_unit(self, node: WorkerController) -> None:
        first = next((scope for scope in self.workqueue if BY_PACK in scope), None)
        if first is not None:
            self.workqueue.move_to_end(first, last=False)
        super()._assign_work_unit(node)
