"""segue's JSON-RPC, over HTTP, with and without TLS, lines, and the headers of the Language Server Protocol"""

PEERS = {"curl": "with_curl", "http_client": "with_http_client", "jayson": "with_jayson", "vscode_jsonrpc": "with_vscode_jsonrpc", "tls": "with_tls",
         "chromium": "with_chromium"}
TARGETS = ["example_jsonrpc_server"]
