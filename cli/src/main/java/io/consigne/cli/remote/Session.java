package io.consigne.cli.remote;

import io.consigne.cli.profile.OwnerFiles;
import io.consigne.cli.profile.Profile;
import io.consigne.cli.profile.Profiles;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Habits;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Surroundings;
import io.consigne.cli.talk.Talk;
import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.PublicLinks;
import io.consigne.client.budget.Timing;
import io.consigne.client.budget.Waiting;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.LinkHosts;
import io.consigne.client.transfer.Bandwidth;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Throttle;
import io.consigne.client.transport.Trust;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The accounts that one run of a command uses. For one thread, but clients are for many. */
public final class Session implements AutoCloseable {
  /** Stands where a key is asked for that is never sent. */
  private static final ApiKey NO_KEY = new ApiKey("none");

  private final Surroundings around;
  private final Habits habits;
  private final Talk talk;
  private final Profiles profiles;
  private final Map<String, Tree> trees = new LinkedHashMap<>();
  private final Map<String, Client> guests = new LinkedHashMap<>();

  /** A program that is asked for a key may ask a person. */
  private final Map<Profile, ApiKey> keys = new HashMap<>();

  private @Nullable TransferOptions moves;
  private @Nullable Throttle throttle;
  private @Nullable PasswordOption password;
  private @Nullable Passwords passwords;
  private @Nullable Claims claims;

  /** Nothing is opened yet. */
  public Session(Surroundings around, Habits habits, Talk talk) {
    this.around = around;
    this.habits = habits;
    this.talk = talk;
    this.profiles = new Profiles(around);
  }

  /** Accounts that are opened from now on move files so. */
  public void moving(TransferOptions options) {
    moves = options;
    throttle = new Throttle(options.bandwidth, ZoneId.systemDefault(), Timing.SYSTEM);
  }

  /** Where passwords come from. */
  public void opening(PasswordOption option) {
    password = option;
  }

  /** Passwords of others' links and folders. */
  public Passwords passwords() throws IOException {
    if (passwords == null) {
      Set<String> hosts =
          profiles.all().stream()
              .map(profile ->
                  Passwords.host(profile.url().getScheme() + "://" + site(profile.url())))
              .collect(Collectors.toSet());
      passwords = new Passwords(around, talk, password, hosts::contains);
    }
    return passwords;
  }

  /** What the command says. */
  public Talk talk() {
    return talk;
  }

  /** Where the command runs. */
  public Surroundings around() {
    return around;
  }

  /** All profiles. */
  public Profiles profiles() {
    return profiles;
  }

  /** The profile of a name; of no name, that of {@code --profile}, else the default. */
  public Profile profile(@Nullable String name) throws IOException {
    return profiles.get(name == null ? habits.profile() : name);
  }

  /** The tree of a profile's account. */
  public Tree tree(@Nullable String profile) throws IOException {
    Profile found = profile(profile);
    Tree known = trees.get(found.name());
    if (known == null) {
      ClientConfig config = config(found);
      warnOfOthers(found);
      var client = new Client(config);
      known = new Tree(client, new Listings(client, config, cache()));
      trees.put(found.name(), known);
    }
    return known;
  }

  private void warnOfOthers(Profile profile) throws IOException {
    Path file = profiles.keyFile(profile);
    if (file != null && OwnerFiles.isOpen(file)) {
      talk.warn("others can read the key in %s; chmod 600 %<s ends that".formatted(file));
    }
  }

  /** The tree of the account that a path names. */
  public Tree tree(Address.InAccount address) throws IOException {
    return tree(address.profile());
  }

  /**
   * Waits until no other process of this machine stores at some paths of an account, above them or
   * below, and keeps others from it until this ends. Once in a session.
   *
   * @throws Problem if that takes longer than who calls has patience
   */
  public void storeAlone(Address.InAccount account, List<RemotePath> paths) throws IOException {
    String name = tree(account).listings().name() + ".storing";
    try {
      claims = Claims.in(around.state().resolve(name), Timing.SYSTEM);
      claims.take(paths, habits.longestWait(), talk::passing);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      talk.passing("two commands at the same time may store files twice: " + Sentences.of(e));
    }
  }

  /**
   * The account for an address on the web: that of the same host. Another one has no such link, and
   * might count that it was asked; a host that has other names for its links is named by its
   * profile.
   *
   * @throws Problem if none is named, and there is none of that host
   */
  public Tree treeFor(URI web) throws IOException {
    Optional<Profile> same = sameHost(web);
    if (same.isPresent()) {
      return tree(same.get().name());
    }
    Profile other = profile(null);
    throw new Problem(
        Exit.AUTH,
        profiles.unknown(
            "no account of %s is known; %s is one of %s"
                .formatted(web.getAuthority(), other.name(), other.url().getAuthority())),
        "\"consigne login\" adds one; --profile asks another host nevertheless");
  }

  /** The profile that is named, else the first of the host of an address. */
  private Optional<Profile> sameHost(URI web) throws IOException {
    if (habits.profile() != null) {
      return Optional.of(profile(null));
    }
    return profiles.all().stream()
        .filter(profile ->
            site(profile.url()).equals(site(web)) || (isOneFichier(web) && isOneFichier(profile)))
        .findFirst();
  }

  private static boolean isOneFichier(URI web) {
    return LinkHosts.of(web.toString()).filter(LinkHosts::isFichierLinkHost).isPresent();
  }

  private static boolean isOneFichier(Profile profile) {
    return ClientConfig.isOneFichier(profile.url());
  }

  /**
   * Whether a host is asked for an address as strangers do: one of one's own of which no account is
   * known. What another account is for is not asked for it.
   *
   * @throws Problem if no account is known at all, and it is one of 1fichier, which gives strangers
   *     nothing
   */
  public boolean isStranger(URI web) throws IOException {
    if (sameHost(web).isPresent()) {
      return false;
    }
    if (profiles.all().isEmpty()) {
      requireOpenToStrangers(web);
    }
    return !isOneFichier(web);
  }

  /**
   * What fetches the files of a public folder: the account of its host, or nobody's.
   *
   * @throws Problem if there is no account, and the host is 1fichier's, which gives strangers
   *     nothing
   */
  public Downloads downloads(Address.PublicFolder folder) throws IOException {
    Optional<Profile> same = sameHost(folder.address());
    if (same.isPresent()) {
      return tree(same.get().name()).client().downloads();
    }
    requireOpenToStrangers(folder.address());
    return links(folder.address()).downloads();
  }

  private void requireOpenToStrangers(URI web) {
    if (isOneFichier(web)) {
      throw new Problem(
          Exit.AUTH,
          profiles.unknown(
              "no account of "
                  + web.getAuthority()
                  + " is known, and without one it gives files to people at its pages alone"),
          "\"consigne login\" adds one; \"consigne ls\" shows a public folder without");
    }
  }

  /** What everybody may see at an address on the web, which needs no account. */
  public PublicLinks links(URI web) throws IOException {
    Optional<Profile> same = sameHost(web);
    if (same.isPresent()) {
      return tree(same.get().name()).client().links();
    }
    String host = web.getScheme() + "://" + web.getRawAuthority();
    Client guest = guests.get(host);
    if (guest == null) {
      guest = new Client(configured(of(web.resolve("/"), NO_KEY)));
      guests.put(host, guest);
    }
    return guest.links();
  }

  private static String site(URI uri) {
    String authority =
        LinkHosts.of(uri.toString()).orElseGet(() -> String.valueOf(uri.getRawAuthority()));
    return authority.startsWith("api.") ? authority.substring(4) : authority;
  }

  private static ClientConfig of(URI url, ApiKey key) {
    try {
      return ClientConfig.of(url, key);
    } catch (IllegalArgumentException e) {
      throw new Problem(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private Path cache() {
    return around.directory("XDG_CACHE_HOME", ".cache").resolve("consigne");
  }

  /** How the account of a profile is talked to. */
  public ClientConfig config(Profile profile) throws IOException {
    ApiKey key = keys.get(profile);
    if (key == null) {
      key = profiles.key(profile);
      keys.put(profile, key);
    }
    return configured(of(profile.url(), key), authorities(profile));
  }

  /**
   * Whom to trust at the host of a profile: who is named now, else by its login; null for nobody.
   */
  public @Nullable Path authorities(Profile profile) {
    Path named = authorities();
    return named == null ? profiles.authorities(profile) : named;
  }

  /** With the waits and the shared state of this run. */
  public ClientConfig configured(ClientConfig config) throws IOException {
    return configured(config, authorities());
  }

  private ClientConfig configured(ClientConfig config, @Nullable Path authorities)
      throws IOException {
    ClientConfig all =
        config
            .stateIn(around.state())
            .with(new Waiting(Timing.SYSTEM, habits.longestWait(), new ToldWaits(talk)));
    if (authorities != null && !config.isOneFichier()) {
      all = all.trusting(Trust.only(authorities));
    }
    if (moves != null && moves.transfers != null) {
      all = all.with(all.transfers().atOnce(moves.transfers));
    }
    return throttle == null || moves == null || moves.bandwidth == Bandwidth.UNLIMITED
        ? all
        : all.through(throttle);
  }

  /** Whom to trust at hosts of one's own; null for whom the JDK trusts. */
  public @Nullable Path authorities() {
    return habits.authorities() == null
        ? around.variable("CONSIGNE_CACERT").map(Path::of).orElse(null)
        : habits.authorities();
  }

  @Override
  public void close() throws IOException {
    if (claims != null) {
      claims.close();
    }
    guests.values().forEach(Client::close);
    for (Tree tree : trees.values()) {
      tree.client().close();
      tree.listings().close();
    }
  }
}
