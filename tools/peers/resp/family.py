"""segue's RESP, through the command"""

PEERS = {"redis": "with_redis"}
TARGETS = ["segue_command"]
