from exchange.models.client import Client, ClientKey, ClientUse, Scope
from exchange.models.dump_file import DumpFile

__all__ = ["Client", "ClientKey", "ClientUse", "DumpFile", "Scope"]
