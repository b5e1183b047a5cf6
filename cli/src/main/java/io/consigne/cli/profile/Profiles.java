package io.consigne.cli.profile;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.ClientConfig;
import io.consigne.client.model.ApiKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All profiles. Those of {@code consigne login} stand in one file, a line for each: name, address,
 * where the key lies, and its command if one prints it. The first line is the default. What the
 * environment gives comes before them, what rclone knows after them.
 */
public final class Profiles {
  private static final String KEYRING = "keyring";
  private static final String FILE = "file";
  private static final String COMMAND = "command";

  private final Surroundings around;
  private final Path file;
  private final Keys keys;

  /** The profiles of whoever runs this. */
  public Profiles(Surroundings around) {
    this(around, Keys.PATIENCE);
  }

  /** Waits so long for a program that has a key. */
  Profiles(Surroundings around, Duration patience) {
    this.around = around;
    Path directory = around.config().resolve("consigne");
    this.file = directory.resolve("profiles");
    this.keys = new Keys(around, directory, patience);
  }

  /** The address that {@code CONSIGNE_URL} names, else 1fichier.com's. */
  public URI defaultUrl() {
    return around.variable("CONSIGNE_URL").map(Profiles::url).orElse(ClientConfig.ONE_FICHIER);
  }

  /** Reads an address; without {@code https://} it is meant, but on this machine it is not told. */
  public static URI url(String text) {
    if (!text.contains("://") && text.matches("(localhost|127\\.[0-9.]+|\\[::1])(:.*|/.*|)")) {
      throw new Problem(
          Exit.USAGE,
          "an address on this machine begins with http:// or https://: " + text,
          "for a host without --tls-self it is http://" + text);
    }
    try {
      return URI.create(text.contains("://") ? text : "https://" + text);
    } catch (IllegalArgumentException _) {
      throw new Problem(Exit.USAGE, "no address of a host: " + text);
    }
  }

  /** All, the default first. */
  public List<Profile> all() throws IOException {
    var all = new ArrayList<Profile>();
    variable("CONSIGNE_API_KEY", "environment", defaultUrl()).ifPresent(all::add);
    all.addAll(stored());
    variable("RCLONE_FICHIER_API_KEY", "rclone-environment", ClientConfig.ONE_FICHIER)
        .ifPresent(all::add);
    for (Profile other : RcloneConfig.profiles(around)) {
      if (all.stream().noneMatch(known -> known.name().equals(other.name()))) {
        all.add(other);
      }
    }
    return all;
  }

  /** What keeps remotes of rclone from being profiles, a sentence for each. */
  public List<String> oddities() {
    return RcloneConfig.oddities(around);
  }

  /** A sentence that an account is not known, and what may be why. */
  public String unknown(String sentence) {
    return sentence + oddities().stream().map("; "::concat).collect(Collectors.joining());
  }

  /** Whether it is 1fichier.com's, and the key a Consigne host's: those begin alike. */
  public static boolean isOfOther(URI url, String key) {
    return ClientConfig.isOneFichier(url) && key.strip().startsWith("csg_");
  }

  private Optional<Profile> variable(String variable, String name, URI url) {
    return around
        .variable(variable)
        .map(
            text -> new Profile(name, url, new KeyPlace.Given(variable, key(variable, text, url))));
  }

  private static ApiKey key(String where, String text, URI url) {
    if (isOfOther(url, text)) {
      throw new Problem(
          Exit.AUTH,
          where + " holds a key of a Consigne host, which is not sent to 1fichier.com",
          "CONSIGNE_URL names the host");
    }
    try {
      return new ApiKey(text.strip());
    } catch (IllegalArgumentException _) {
      throw new Problem(Exit.AUTH, where + " holds no key");
    }
  }

  /**
   * One of them.
   *
   * @param name null for the default
   */
  public Profile get(@Nullable String name) throws IOException {
    List<Profile> all = all();
    if (all.isEmpty()) {
      throw new Problem(Exit.AUTH, unknown("no account is known"));
    }
    if (name == null) {
      return all.getFirst();
    }
    return all.stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name, all));
  }

  private static Problem unknown(String name, List<Profile> all) {
    return new Problem(
        Exit.NOT_FOUND,
        all.stream()
            .map(Profile::name)
            .collect(Collectors.joining(", ", "no profile " + name + ", only ", "")),
        "\"consigne login " + name + "\" stores one");
  }

  /** The file in which a key lies, its own or that of rclone; null if it is in none. */
  public @Nullable Path keyFile(Profile profile) {
    return switch (profile.key()) {
      case KeyPlace.OwnFile _ -> keys.file(profile.name());
      case KeyPlace.Given given when given.where().equals(RcloneConfig.NAME) ->
          RcloneConfig.file(around);
      default -> null;
    };
  }

  /** Whom a login named as authorities of the profile's host; null for nobody. */
  public @Nullable Path authorities(Profile profile) {
    Path kept = authorityFile(profile.name());
    return !(profile.key() instanceof KeyPlace.Given) && Files.exists(kept) ? kept : null;
  }

  /** Keeps a copy of the authorities of a profile's host, in PEM; null forgets those it had. */
  public void trust(String profile, @Nullable Path authorities) throws IOException {
    Path kept = authorityFile(profile);
    if (authorities == null) {
      Files.deleteIfExists(kept);
    } else {
      OwnerFiles.write(kept, Files.readAllBytes(authorities));
    }
  }

  /** Adds or removes a profile. */
  @FunctionalInterface
  public interface Change {
    /** Does it, and answers the profile. */
    Profile run() throws IOException;
  }

  /** Changes a profile with the authorities of its host: both, or neither. */
  public Profile trusting(String profile, @Nullable Path authorities, Change change)
      throws IOException {
    Path kept = authorityFile(profile);
    byte[] before = Files.exists(kept) ? Files.readAllBytes(kept) : null;
    trust(profile, authorities);
    boolean isChanged = false;
    try {
      Profile changed = change.run();
      isChanged = true;
      return changed;
    } finally {
      if (!isChanged && before != null) {
        OwnerFiles.write(kept, before);
      } else if (!isChanged) {
        Files.deleteIfExists(kept);
      }
    }
  }

  private Path authorityFile(String profile) {
    return file.resolveSibling("authorities").resolve(profile + ".pem");
  }

  /** The key of a profile. */
  public ApiKey key(Profile profile) throws IOException {
    return keys.get(profile);
  }

  /** Adds a profile whose key is kept here, or puts it in the place of an older one. */
  public Profile add(String name, URI url, ApiKey key) throws IOException {
    Profile.requireName(name);
    var profile = new Profile(name, url, keys.keep(name, key));
    replace(profile);
    return profile;
  }

  /** Adds a profile whose key a command prints. */
  public Profile add(String name, URI url, String command) throws IOException {
    var profile = new Profile(name, url, new KeyPlace.Printed(command));
    replace(profile);
    return profile;
  }

  /** An older one's key is forgotten when the new one is kept, unless that is in its place. */
  private void replace(Profile profile) throws IOException {
    List<Profile> old =
        stored().stream()
            .filter(one -> one.name().equals(profile.name()) && !one.key().equals(profile.key()))
            .toList();
    put(profile);
    for (Profile one : old) {
      try {
        keys.forget(one);
      } catch (Problem _) {
        // A keyring that waits to be unlocked keeps a key that nobody asks for any more.
      }
    }
  }

  private void put(Profile profile) throws IOException {
    List<Profile> all = new ArrayList<>(stored());
    all.replaceAll(old -> old.name().equals(profile.name()) ? profile : old);
    if (!all.contains(profile)) {
      all.add(profile);
    }
    write(all);
  }

  /** Removes a profile and its key. */
  public void remove(String name) throws IOException {
    List<Profile> all = new ArrayList<>(stored());
    Profile gone = storedOne(name, all);
    keys.forget(gone);
    trust(gone.name(), null);
    all.remove(gone);
    write(all);
  }

  /** Makes a profile the default. */
  public void makeDefault(String name) throws IOException {
    List<Profile> all = new ArrayList<>(stored());
    Profile first = storedOne(name, all);
    all.remove(first);
    all.addFirst(first);
    write(all);
  }

  private static Profile storedOne(String name, List<Profile> stored) {
    return stored.stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Problem(
                Exit.NOT_FOUND,
                "no profile of a login: " + name,
                "\"consigne profiles\" lists all"));
  }

  private List<Profile> stored() throws IOException {
    var all = new ArrayList<Profile>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        all.add(read(all.size() + 1, line));
      }
    }
    return all;
  }

  private Profile read(int number, String line) {
    String[] fields = line.split("\t", 4);
    if (fields.length >= 3 && fields[0].matches(Profile.NAME)) {
      String place = fields[2];
      if (place.equals(COMMAND) && fields.length == 4) {
        return new Profile(fields[0], url(fields[1]), new KeyPlace.Printed(fields[3]));
      }
      if (place.equals(KEYRING) || place.equals(FILE)) {
        KeyPlace key = place.equals(FILE) ? new KeyPlace.OwnFile() : new KeyPlace.Keyring();
        return new Profile(fields[0], url(fields[1]), key);
      }
    }
    throw new Problem(Exit.FAILED, "%s:%d is no profile".formatted(file, number));
  }

  private void write(List<Profile> all) throws IOException {
    var text = new StringBuilder();
    for (Profile profile : all) {
      text.append(profile.name()).append('\t').append(profile.url()).append('\t');
      text.append(
          switch (profile.key()) {
            case KeyPlace.Keyring _ -> KEYRING;
            case KeyPlace.OwnFile _ -> FILE;
            case KeyPlace.Printed printed -> COMMAND + "\t" + printed.command();
            case KeyPlace.Given given -> throw new IllegalArgumentException(given.where());
          });
      text.append('\n');
    }
    OwnerFiles.write(file, text.toString());
  }
}
