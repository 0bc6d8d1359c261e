"""segue's reading of the PROXY protocol, version 1 and 2"""

PEERS = {"haproxy": "with_haproxy"}
TARGETS = ["segue_command"]
