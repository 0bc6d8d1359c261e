"""segue's HTTP/1.1"""

PEERS = {"curl": "with_curl", "ab_and_wrk": "with_ab_and_wrk", "chromium": "with_chromium", "nginx_as_origin": "with_nginx_as_origin",
         "nginx_as_proxy": "with_nginx_as_proxy", "h11": "beside_h11"}
TARGETS = ["segue_command", "example_05_http_server"]
