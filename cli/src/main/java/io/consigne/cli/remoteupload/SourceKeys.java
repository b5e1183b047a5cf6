package io.consigne.cli.remoteupload;

import io.consigne.cli.profile.OwnerFiles;
import io.consigne.cli.profile.Profile;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.client.ClientConfig;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.LinkHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/**
 * Keys of the places that links are of. A key is read from a file or is that of a profile, and only
 * if that is asked for: the host that fetches gets it.
 */
final class SourceKeys {
  @Option(
      names = "--source-profile",
      paramLabel = "NAME",
      description =
          "Fetch links of this account's host with its key, which the host that fetches gets; may"
              + " be repeated.")
  List<String> profiles = new ArrayList<>();

  @Option(
      names = "--source-key",
      paramLabel = "HOST=FILE",
      description = "Fetch links of HOST with the key in this file; may be repeated.")
  List<String> files = new ArrayList<>();

  /** A key, for which hosts it is, and what it came from. */
  private record Held(ApiKey key, Predicate<String> at, String of) {}

  /** Hosts of this machine alone, with or without a port. */
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|\\[::1\\]|127(\\.[0-9]+){3})(:[0-9]+)?");

  private final List<Held> held = new ArrayList<>();

  /** Whether any is asked for. */
  boolean isAny() {
    return !profiles.isEmpty() || !files.isEmpty();
  }

  /** Reads them; each must be for a host of the sources. */
  void read(Session session, List<String> sources) throws IOException {
    for (String name : profiles) {
      Profile profile = session.profiles().get(name);
      held.add(new Held(session.profiles().key(profile), at(profile), "the account " + name));
    }
    for (String file : files) {
      held.add(ofFile(session, file));
    }
    Set<String> hosts = linked(sources);
    for (Held each : held) {
      if (hosts.stream().noneMatch(each.at())) {
        throw new Problem(Exit.USAGE, "no source is the link of a file at " + each.of());
      }
    }
    hosts.forEach(this::find);
    sources.forEach(this::refusePlain);
  }

  /** The key would travel in clear. Links of 1fichier are asked for by https, however written. */
  private void refusePlain(String source) {
    String host = LinkHosts.of(source).orElse("");
    boolean plain = source.strip().regionMatches(true, 0, "http:", 0, "http:".length());
    if (plain
        && !LinkHosts.isFichierLinkHost(host)
        && !LOOPBACK.matcher(host).matches()
        && find(host).isPresent()) {
      throw new Problem(Exit.USAGE, "a key is sent over https only: " + Listed.shown(source));
    }
  }

  private static Held ofFile(Session session, String option) {
    int equals = option.indexOf('=');
    if (equals < 1 || equals == option.length() - 1) {
      throw new Problem(Exit.USAGE, "a key is named like 1fichier.com=FILE");
    }
    String host = LinkHosts.host(option.substring(0, equals));
    String named = "the file of --source-key for " + host;
    try {
      Path file = Path.of(option.substring(equals + 1));
      var key = new ApiKey(Files.readString(file).strip());
      if (OwnerFiles.isOpen(file)) {
        session.talk().warn(named + " can be read by others of this machine");
      }
      return new Held(key, host::equals, host);
    } catch (IllegalArgumentException _) {
      throw new Problem(Exit.AUTH, named + " holds no key", "");
    } catch (IOException e) {
      // Without its name: it may be the key, given in place of its file.
      throw new Problem(Exit.of(e), named + " cannot be read", "");
    }
  }

  /** Where the links of an account are. */
  private static Predicate<String> at(Profile profile) {
    String host = LinkHosts.of(profile.url().toString()).orElse("");
    return ClientConfig.isOneFichier(profile.url()) ? LinkHosts::isFichierLinkHost : host::equals;
  }

  /** The keys for some of the sources, by host as it stands there. */
  Map<String, ApiKey> of(List<String> sources) {
    var keys = new LinkedHashMap<String, ApiKey>();
    linked(sources).forEach(host -> find(host).ifPresent(key -> keys.put(host, key)));
    return keys;
  }

  private Optional<ApiKey> find(String host) {
    List<Held> all = held.stream().filter(each -> each.at().test(host)).toList();
    if (all.size() > 1) {
      throw new Problem(Exit.USAGE, "more than one key is given for " + host);
    }
    return all.stream().findFirst().map(Held::key);
  }

  /** The hosts of which a source is the link of a file. */
  private static Set<String> linked(List<String> sources) {
    var hosts = new LinkedHashSet<String>();
    sources.stream()
        .filter(LinkHosts::isLink)
        .forEach(source -> LinkHosts.of(source).ifPresent(hosts::add));
    return hosts;
  }

  /** Says that a key is at hand for links that would be fetched without one, as web pages are. */
  void hint(Session session, List<String> sources, Profile asked) throws IOException {
    var told = new HashSet<String>();
    for (String source : sources) {
      String host = LinkHosts.of(source).orElse("");
      if (host.isEmpty()
          || at(asked).test(host)
          || find(host).isPresent()
          || !LinkHosts.isLink(source)) {
        continue;
      }
      for (Profile profile : session.profiles().all()) {
        if (at(profile).test(host) && told.add(host)) {
          session
              .talk()
              .note(
                  "links of %s are fetched with your key there if you say --source-profile %s"
                      .formatted(host, profile.name()));
        }
      }
    }
  }
}
