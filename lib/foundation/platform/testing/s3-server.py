"""A real S3 server for tests: OpenStack Swift with its S3 interface, all of its servers in one process.

Usage: s3-server.py FOLDER    Prints its port when it is ready. The folder must be empty and support extended attributes.
"""

import sys

import eventlet

eventlet.monkey_patch()

from eventlet import wsgi  # noqa: E402
from swift.common.http_protocol import SwiftHttpProtocol  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.utils import NullLogger, mkdirs  # noqa: E402
from swift.common.wsgi import loadapp  # noqa: E402

FOLDER = sys.argv[1]
FILTERS = {
    "catch_errors": "",
    "cache": "",
    "s3api": "location = us-east-1",
    "tempauth": "user_test_tester = testing .admin",
    "copy": "",
    "slo": "",
    "dlo": "",
}
EGGS = {"cache": "memcache"}


def write(name, text):
    path = f"{FOLDER}/{name}"
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
    return path


def common():
    return (
        f"[DEFAULT]\nswift_dir = {FOLDER}\ndevices = {FOLDER}/node\n"
        "mount_check = false\nlog_level = ERROR\n"
    )


def serve(conf):
    socket = eventlet.listen(("127.0.0.1", 0), backlog=1024)
    port = socket.getsockname()[1]
    eventlet.spawn(
        wsgi.server,
        socket,
        loadapp(conf),
        NullLogger(),
        protocol=SwiftHttpProtocol,
        log_output=False,
        custom_pool=eventlet.GreenPool(1024),
    )
    return port


def start_storage(kind):
    port = serve(
        write(
            f"{kind}.conf",
            f"{common()}[pipeline:main]\npipeline = {kind}-server\n"
            f"[app:{kind}-server]\nuse = egg:swift#{kind}\n",
        )
    )
    ring = RingBuilder(part_power=4, replicas=1, min_part_hours=0)
    ring.add_dev(
        {"id": 0, "region": 1, "zone": 1, "weight": 1.0, "ip": "127.0.0.1", "port": port, "device": "d1"}
    )
    ring.rebalance()
    ring.get_ring().save(f"{FOLDER}/{kind}.ring.gz")


def start_proxy():
    filters = "".join(
        f"[filter:{name}]\nuse = egg:swift#{EGGS.get(name, name)}\n{settings}\n"
        for name, settings in FILTERS.items()
    )
    return serve(
        write(
            "proxy.conf",
            f"{common()}[pipeline:main]\npipeline = {' '.join(FILTERS)} proxy-server\n"
            f"[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true\n{filters}",
        )
    )


mkdirs(f"{FOLDER}/node/d1")
write(
    "swift.conf",
    "[swift-hash]\nswift_hash_path_suffix = test\n[storage-policy:0]\nname = only\ndefault = yes\n",
)
import swift.common.utils  # noqa: E402

for kind in ("object", "container", "account"):
    start_storage(kind)
print(start_proxy(), flush=True)
while True:
    eventlet.sleep(3600)
