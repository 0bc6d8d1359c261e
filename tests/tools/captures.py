"""Captures made by hand: TCP segments in Ethernet frames, in a pcap file (draft-ietf-opsawg-pcap)."""
import ipaddress
import struct

FIN, SYN, RST, ACK = 1, 2, 4, 16
ETHERNET, RAW_IP, LINUX_SLL = 1, 101, 113
BEGIN = 1_700_000_000  # 2023-11-14T22:13:20Z


def tcp(source, destination, number, flags, payload=b"", acknowledged=0):
    """An IP packet; an address is a pair of text and port."""
    (source_host, source_port), (destination_host, destination_port) = source, destination
    segment = struct.pack("!HHIIBBHHH", source_port, destination_port, number % 2**32, acknowledged % 2**32, 5 << 4, flags, 65535, 0, 0) + payload
    one, other = ipaddress.ip_address(source_host), ipaddress.ip_address(destination_host)
    if one.version == 6:
        return struct.pack("!IHBB", 6 << 28, len(segment), 6, 64) + one.packed + other.packed + segment
    return struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(segment), 0, 0, 64, 6, 0) + one.packed + other.packed + segment


def framed(packet, link=ETHERNET):
    kind = struct.pack("!H", 0x86DD if packet[0] >> 4 == 6 else 0x0800)
    return {ETHERNET: bytes(12) + kind, RAW_IP: b"", LINUX_SLL: struct.pack("!HHH8s", 0, 1, 6, bytes(8)) + kind}[link] + packet


def capture(packets, link=ETHERNET, snap=65535, order="<"):
    """Each a millisecond behind the one before."""
    file = struct.pack(order + "IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, snap, link)
    for i, packet in enumerate(packets):
        whole = framed(packet, link)
        file += struct.pack(order + "IIII", BEGIN + i // 1000, i % 1000 * 1000, min(len(whole), snap), len(whole)) + whole[:snap]
    return file


class Connection:
    """The packets of one; each method gives a list of them."""

    def __init__(self, client=("127.0.0.1", 40000), server=("127.0.0.1", 80), numbers=(1000, 5_000_000)):
        self.ends = {"client": client, "server": server}
        self.next = {"client": numbers[0], "server": numbers[1]}

    def packet(self, side, flags, payload=b"", number=None):
        other = "server" if side == "client" else "client"
        return tcp(self.ends[side], self.ends[other], self.next[side] if number is None else number, flags, payload, self.next[other])

    def open(self):
        packets = [self.packet("client", SYN)]
        self.next["client"] += 1
        packets.append(self.packet("server", SYN | ACK))
        self.next["server"] += 1
        return packets + [self.packet("client", ACK)]

    def send(self, side, stream, cuts=()):
        """The stream in one segment, or cut at these places."""
        packets, places = [], [0, *cuts, len(stream)]
        for begin, end in zip(places, places[1:]):
            packets.append(self.packet(side, ACK, stream[begin:end]))
            self.next[side] += end - begin
        return packets

    def end(self, side):
        packets = [self.packet(side, FIN | ACK)]
        self.next[side] += 1
        return packets

    def close(self):
        return self.end("client") + self.end("server") + [self.packet("client", ACK)]

    def reset(self, side):
        return [self.packet(side, RST)]
