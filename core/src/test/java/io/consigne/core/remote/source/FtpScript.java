package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An FTP server that keeps to its script; what the script does not mention, it does well. */
final class FtpScript implements HostileServer.Script {
  static final String FILE = "0123456789";

  /** Each command that came, with its argument. */
  final List<String> commands = new CopyOnWriteArrayList<>();

  private final Map<String, String> replies = new HashMap<>();
  private Sending sending = (offset, out) -> out.write(FILE.substring(offset).getBytes(UTF_8));
  private String afterFile = "226 Done";

  /** How the file is sent. */
  @FunctionalInterface
  interface Sending {
    /** Sends it from this offset on. */
    void send(int offset, OutputStream out) throws IOException;
  }

  /** From now on, this command is answered so; an empty command is the greeting. */
  FtpScript reply(String command, String reply) {
    replies.put(command, reply);
    return this;
  }

  /** From now on, the file is sent so, and this is said after it. */
  FtpScript file(Sending how, String after) {
    sending = how;
    afterFile = after;
    return this;
  }

  @Override
  public void talk(Socket control) throws IOException {
    new Talk(control).talk();
  }

  private final class Talk {
    private final Socket control;
    private ServerSocket listener = listening();
    private int offset;

    Talk(Socket control) throws IOException {
      this.control = control;
    }

    private static ServerSocket listening() throws IOException {
      return new ServerSocket(0, 1, InetAddress.ofLiteral(HostileServer.ADDRESS));
    }

    void talk() throws IOException {
      var in = new BufferedReader(new InputStreamReader(control.getInputStream(), UTF_8));
      say(replies.getOrDefault("", "220 Hello"));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
        answer(line);
      }
      listener.close();
    }

    /** Where the next data connection is taken. */
    private int place() throws IOException {
      listener.close();
      listener = listening();
      return listener.getLocalPort();
    }

    private void answer(String line) throws IOException {
      String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
      if (replies.containsKey(command)) {
        say(replies.get(command));
        return;
      }
      switch (command) {
        case "USER" -> say("331 Password");
        case "PASS" -> say("230 In");
        case "SIZE" -> say("213 " + FILE.length());
        case "MDTM" -> say("213 20261121190000");
        case "EPSV" -> say("229 Passive (|||" + place() + "|)");
        case "PASV" -> say("227 Passive (" + commas(HostileServer.ADDRESS, place()) + ")");
        case "REST" -> {
          offset = Integer.parseInt(line.substring(5));
          say("350 Go on");
        }
        case "RETR" -> send();
        default -> say("200 Fine");
      }
    }

    private void send() throws IOException {
      try (Socket data = listener.accept()) {
        say("150 Here it comes");
        sending.send(offset, data.getOutputStream());
      }
      say(afterFile);
    }

    private void say(String reply) throws IOException {
      control.getOutputStream().write((reply + "\r\n").getBytes(UTF_8));
    }
  }

  /** As a reply to PASV writes a place. */
  static String commas(String address, int port) {
    return address.replace('.', ',') + "," + port / 256 + "," + port % 256;
  }
}
