"""A MySQL server that does nothing but let a client log in: it asks for the plugin that is named, over TLS, and then
refuses whatever it is told. Prints its port, serves one connection after the other.

    mysql_login.py PLUGIN CERTIFICATE KEY
"""
import socket
import ssl
import struct
import sys

CLIENT_SSL, CAPABILITIES = 0x800, 0x00FFFFFF | 0x80000  # all old ones, TLS and plugins among them


def packet(number, payload):
    return struct.pack("<I", len(payload))[:3] + bytes([number]) + payload


def receive(connection):
    """The number and the payload of a packet."""
    head = b""
    while len(head) < 4:
        part = connection.recv(4 - len(head))
        if not part:
            raise EOFError
        head += part
    length, payload = int.from_bytes(head[:3], "little"), b""
    while len(payload) < length:
        part = connection.recv(length - len(payload))
        if not part:
            raise EOFError
        payload += part
    return head[3], payload


def greeting():
    low, high = CAPABILITIES & 0xFFFF, CAPABILITIES >> 16
    return (b"\x0a8.0.40\0" + struct.pack("<I", 1) + b"12345678\0" + struct.pack("<HBHH", low, 45, 2, high) +
            bytes([21]) + b"\0" * 10 + b"901234567890\0" + b"mysql_native_password\0")


def let_in(connection, plugin, context):
    connection.sendall(packet(0, greeting()))
    number, asked = receive(connection)
    if not struct.unpack("<I", asked[:4])[0] & CLIENT_SSL:
        return
    connection = context.wrap_socket(connection, server_side=True)
    number, _ = receive(connection)
    connection.sendall(packet(number + 1, b"\xfe" + plugin.encode() + b"\0" + b"n" * 20 + b"\0"))
    number, _ = receive(connection)
    connection.sendall(packet(number + 1, b"\xff" + struct.pack("<H", 1045) + b"#28000Access denied by the test"))


def main(plugin, certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            connection, _ = server.accept()
            try:
                let_in(connection, plugin, context)
            except (OSError, EOFError):
                pass
            connection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
