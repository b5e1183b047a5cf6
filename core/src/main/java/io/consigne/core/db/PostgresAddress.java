package io.consigne.core.db;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a PostgreSQL database is, and who opens it: {@code
 * postgresql://user:password@host:port/name?sslmode=…}, as libpq writes it, {@code postgres://}
 * alike. User, password and name may hold {@code %} escapes; the port is 5432 unless given. The
 * password is in no text that this class gives away.
 */
public final class PostgresAddress {
  private static final Pattern SHAPE =
      Pattern.compile(
          "postgres(?:ql)?://(?:(?<user>[^:@/?#\\s]+)(?::(?<password>[^@/?#\\s]*))?@)?"
              + "(?<host>\\[[0-9A-Fa-f:.]+]|[^:@/?#\\[\\]\\s,]+)(?::(?<port>[0-9]{1,5}))?"
              + "/(?<name>[^/?#\\s]+)(?:\\?(?<parameters>[^#\\s]*))?");
  private static final Set<String> PARAMETERS =
      Set.of("sslmode", "sslrootcert", "sslcert", "sslkey");

  /** Variables that win over the address, or change what is read there. */
  private static final List<String> OVERRULING = List.of("PGSERVICE", "PGHOSTADDR", "PGOPTIONS");

  private static final int DEFAULT_PORT = 5432;
  private static final int HIGHEST_PORT = 65_535;

  private final String host;
  private final int port;
  private final String name;
  private final Login login;
  private final Map<String, String> parameters;

  private PostgresAddress(Matcher parts) {
    host = parts.group("host");
    port = parts.group("port") == null ? DEFAULT_PORT : Integer.parseInt(parts.group("port"));
    name = decoded("name", parts.group("name"));
    login =
        new Login(
            decoded("user", textOrEmpty(parts, "user")),
            decoded("password", textOrEmpty(parts, "password")));
    parameters = parameters(textOrEmpty(parts, "parameters"));
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("the port must be from 1 to 65535: " + port);
    }
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it has another shape; the message does not show the text,
   *     because a password may be anywhere in it
   */
  public static PostgresAddress parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "not an address of the shape postgresql://user:password@host:port/name?sslmode=…,"
              + " with special characters of user and password percent-encoded");
    }
    return new PostgresAddress(parts);
  }

  /** Where connections come from. */
  PGSimpleDataSource source() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {host});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(name);
    if (!login.user().isEmpty()) {
      source.setUser(login.user());
    }
    if (!login.password().isEmpty()) {
      source.setPassword(login.password());
    }
    source.setTcpKeepAlive(true);
    source.setSocketFactory(WatchedSockets.class.getName());
    source.setLogServerErrorDetail(false);
    source.setApplicationName("consigne");
    parameters.forEach((parameter, value) -> set(source, parameter, value));
    return source;
  }

  /**
   * Names this database, and no other, in the environment of the database's own programs, such as
   * {@code pg_dump}, the password included: other users see command lines, and not that.
   */
  public void nameIn(Map<String, String> environment) {
    OVERRULING.forEach(environment::remove);
    environment.putAll(variables());
  }

  private Map<String, String> variables() {
    var variables = new LinkedHashMap<String, String>();
    variables.put("PGHOST", host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    variables.put("PGPORT", Integer.toString(port));
    variables.put("PGDATABASE", name);
    if (!login.user().isEmpty()) {
      variables.put("PGUSER", login.user());
    }
    if (!login.password().isEmpty()) {
      variables.put("PGPASSWORD", login.password());
    }
    parameters.forEach(
        (parameter, value) -> variables.put("PG" + parameter.toUpperCase(Locale.ROOT), value));
    return variables;
  }

  /** The address without its password. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("postgresql://").append(login);
    text.append(host).append(':').append(port).append('/').append(name);
    if (!parameters.isEmpty()) {
      text.append('?');
      text.append(String.join("&", parameters.entrySet().stream().map(Object::toString).toList()));
    }
    return text.toString();
  }

  private static void set(PGSimpleDataSource source, String parameter, String value) {
    switch (parameter) {
      case "sslmode" -> source.setSslMode(value);
      case "sslrootcert" -> source.setSslRootCert(value);
      case "sslcert" -> source.setSslCert(value);
      case "sslkey" -> source.setSslKey(value);
      default -> throw new AssertionError(parameter);
    }
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : text.isEmpty() ? new String[0] : text.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String key = equals < 0 ? parameter : parameter.substring(0, equals);
      if (equals < 0 || !PARAMETERS.contains(key)) {
        throw new IllegalArgumentException(
            "the address of a database takes only the parameters sslcert, sslkey, sslmode and"
                + " sslrootcert, each with a value");
      }
      parameters.put(key, decoded(key, parameter.substring(equals + 1)));
    }
    return parameters;
  }

  private static String textOrEmpty(Matcher parts, String group) {
    String text = parts.group(group);
    return text == null ? "" : text;
  }

  @SuppressWarnings("UnusedException") // the cause would quote the text
  private static String decoded(String part, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the " + part + " of the address has a broken % escape");
    }
  }

  private record Login(String user, String password) {
    @Override
    public String toString() {
      if (user.isEmpty()) {
        return "";
      }
      return password.isEmpty() ? user + "@" : user + ":***@";
    }
  }
}
