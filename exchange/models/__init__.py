from exchange.models.client import Client, ClientKey, ClientUse, Scope
from exchange.models.dump_file import DumpFile
from exchange.models.webhook import Delivery, Endpoint

__all__ = ["Client", "ClientKey", "ClientUse", "Delivery", "DumpFile", "Endpoint", "Scope"]
