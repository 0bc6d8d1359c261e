"""`segue tap` between clients and servers that others wrote"""

PEERS = {"curl_and_nginx": "with_curl_and_nginx", "redis": "with_redis"}
TARGETS = ["segue_command"]
