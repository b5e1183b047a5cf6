package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consigne.core.remote.source.SourceException.Reason;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.io.CRLFLineReader;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with an FTP server, on the sockets of a line alone: the library's own client for
 * FTP over TLS makes sockets that nobody guards. Passive, and from the same peer, whatever address
 * the server names.
 */
final class FtpTalk extends FTPClient {
  private final Line line;
  private final SourceUrl url;

  FtpTalk(Line line, SourceUrl url) {
    this.line = line;
    this.url = url;
    setControlEncoding(UTF_8);
    setConnectTimeout(line.connectMillis());
    setUseEPSVwithIPv4(true);
    setIpAddressFromPasvResponse(false);
    enterLocalPassiveMode();
  }

  /**
   * Hears the greeting on a connection. What is secure is so from its first byte at ports that are
   * for that, such as 990, and from the first command on elsewhere.
   */
  void begin(Socket connected) throws IOException {
    boolean atOnce =
        url.scheme().isSecure() && line.limits().ports().implicit().contains(url.port());
    _socket_ = atOnce ? line.secure(connected, url) : connected;
    setSocketFactory(new DataSockets(connected));
    _connectAction_();
    enterLocalPassiveMode();
    expect(220, Reason.BUSY, " does not let us in now");
    if (url.scheme().isSecure() && !atOnce) {
      sendCommand("AUTH", "TLS");
      expect(234, Reason.UNTRUSTED, " offers no secure connection");
      secureControl(connected);
    }
  }

  private void secureControl(Socket connected) throws IOException {
    _socket_ = line.secure(connected, url);
    _input_ = _socket_.getInputStream();
    _output_ = _socket_.getOutputStream();
    _controlInput_ = new CRLFLineReader(new InputStreamReader(_input_, UTF_8));
    _controlOutput_ = new BufferedWriter(new OutputStreamWriter(_output_, UTF_8));
  }

  /** Asks for data connections over TLS; one in the clear is not accepted instead. */
  void secureData() throws IOException {
    if (url.scheme().isSecure()) {
      sendCommand("PBSZ", "0");
      sendCommand("PROT", "P");
      expect(200, Reason.UNTRUSTED, " offers no secure connection for the file");
    }
  }

  /** Refuses any other reply than the one that was expected. */
  void expect(int code, Reason reason, String otherwise) throws SourceException {
    if (getReplyCode() != code) {
      throw new SourceException(reason, url.host() + otherwise + " (reply " + getReplyCode() + ")");
    }
  }

  /** The same session as that of the control connection, which some servers insist on. */
  @Override
  protected @Nullable Socket _openDataConnection_(String command, String argument)
      throws IOException {
    Socket data = super._openDataConnection_(command, argument);
    return data == null || !url.scheme().isSecure() ? data : line.secure(data, url);
  }

  /** Makes the sockets of data connections. */
  private final class DataSockets extends SocketFactory {
    private final Socket control;

    DataSockets(Socket control) {
      this.control = control;
    }

    @Override
    public Socket createSocket() throws IOException {
      return line.besides(control);
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
