"""A line to a server that can be cut: what a database looks like that goes away and comes back."""

import socket
import threading
from contextlib import suppress


class Wire:
    """Forwards a port of this machine to a server, as long as it is not cut."""

    def __init__(self, to: str | tuple[str, int]) -> None:
        """``to`` is a socket's path, or host and port."""
        self.to, self.cut = to, False
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def sever(self) -> None:
        """End every connection and refuse new ones."""
        self.cut = True
        for one in list(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.cut = False

    def close(self) -> None:
        self._listener.close()
        self.sever()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if self.cut:
                    client.close()
                    continue
                threading.Thread(target=self._joined, args=(client,), daemon=True).start()

    def _joined(self, client: socket.socket) -> None:
        try:
            family = socket.AF_UNIX if isinstance(self.to, str) else socket.AF_INET
            server = socket.socket(family, socket.SOCK_STREAM)
            server.connect(self.to)
        except OSError:
            client.close()
            return
        self._open |= {client, server}
        back = threading.Thread(target=self._pumped, args=(server, client), daemon=True)
        back.start()
        self._pumped(client, server)
        back.join()
        for one in (client, server):
            self._open.discard(one)
            one.close()

    @staticmethod
    def _pumped(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
