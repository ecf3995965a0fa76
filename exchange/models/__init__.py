from exchange.models.dump_file import DumpFile

__all__ = ["DumpFile"]
