package io.consigne.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A limit is changed on purpose, here as well, or not at all. */
class LimitTablesTest {
  /** Those of plans and of a policy have tests of their own, by what they mean. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "DefenderLimits",
          "FetchLimits",
          "FileLimits",
          "PlanLimits",
          "RemoteLimits",
          "TransferLimits");

  private static List<Class<?>> tables() throws IOException, URISyntaxException {
    Path classes =
        Path.of(HostLimits.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString().replace('/', '.'))
          .filter(file -> file.endsWith("Limits.class"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .sorted()
          .<Class<?>>map(LimitTablesTest::load)
          .filter(table -> !ELSEWHERE.contains(table.getSimpleName()))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static String lines(Class<?> table) {
    return Arrays.stream(table.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
        .map(field -> table.getSimpleName() + "." + field.getName() + " " + value(field))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /** How many threads hash is the machine's matter. */
  private static String value(Field field) {
    try {
      field.setAccessible(true);
      return String.valueOf(field.get(null)).replaceAll("hashThreads=\\d+", "hashThreads=N");
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void tables_areThese() throws Exception {
    assertThat(tables().stream().map(LimitTablesTest::lines).collect(Collectors.joining("\n")))
        .isEqualTo(
            """
            HostLimits.ACCOUNTS_PAUSE PT5S
            HostLimits.AGE_LOOK PT5S
            HostLimits.AGE_PAUSE PT10M
            HostLimits.AUDIT_PAUSE PT1H
            HostLimits.COLLECTION_GRACE PT10M
            HostLimits.COLLECTION_PAUSE PT1M
            HostLimits.COMPACTION_PAUSE PT10S
            HostLimits.HASH_RETRY PT5M
            HostLimits.HASH_THREADS 1
            HostLimits.MESSAGES_PAUSE PT10M
            HostLimits.PASSWORDS_AT_ONCE 4
            HostLimits.REQUESTS_PAUSE PT1H
            HostLimits.RETENTION_PAUSE PT1H
            HostLimits.SWEEP_PAUSE PT5S
            HostLimits.TRANSFERS_PAUSE PT1M
            AccountLimits.ITEMS 5000000
            AccountLimits.PASSWORD_PATIENCE PT10S
            AccountLimits.PASSWORD_RETRY_AFTER PT5S
            AccountLimits.SHORTEST_PASSWORD 8
            AuditLimits.CHARACTERS_A_PAGE 1000000
            AuditLimits.DEFAULT AuditLimits[keep=PT9600H, waitingLines=10000, pause=PT1S, \
            thingsLength=60000]
            AuditLimits.LINES_A_PAGE 1000
            CompactionLimits.DEFAULT CompactionLimits[leastDeadBytes=65536, roundBytes=67108864, \
            storeFiles=64, batchBytes=1048576, batchSegments=100]
            PackLimits.DEFAULT PackLimits[packBytes=67108864, groupBytes=4194304]
            EventLimits.FILES_NAMED 20
            EventLimits.WAITING 1000
            EventLimits.WARNED_PERCENT 90
            HookLimits.DEFAULT HookLimits[owned=Owned[webhooks=10, urlLength=2000, waiting=1000, \
            log=1000, kept=PT720H], sending=Sending[atOnce=32, claim=PT5M, poll=PT1S], \
            retries=Retries[attempts=15, firstPause=PT10S, longestPause=PT6H, life=PT48H], \
            resting=Resting[first=PT2S, longest=PT5M]]
            HookLimits.LINES_A_PAGE 500
            KeyLimits.ANNOUNCED PT336H
            KeyLimits.DAYS_KEPT 90
            KeyLimits.HIGHEST_RATE 1000
            KeyLimits.KEYS 1000
            KeyLimits.LISTED 10000
            KeyLimits.LONGEST_OVERLAP PT720H
            KeyLimits.NAME_LENGTH 100
            KeyLimits.NETWORKS 100
            KeyLimits.PAST 1000
            KeyLimits.STALE PT2160H
            KeyLimits.USE_WRITTEN PT30S
            FloodLimits.DEFAULT FloodLimits[first=PT10S, longest=PT15M, patience=PT2S, \
            forgotten=PT30M]
            LinkLimits.FOLDERS_A_PAGE 1000
            LinkLimits.KEY_KEPT_FOR PT48H
            LinkLimits.KEY_USED_FOR PT24H
            LinkLimits.TO_RESUME PT30M
            LinkLimits.TO_START PT5M
            MailLimits.DEFAULT MailLimits[attempts=12, firstPause=PT1M, longestPause=PT1H, \
            claim=PT5M, poll=PT5S, batch=20, anHour=60]
            SourceLimits.ADDRESS_LENGTH 4096
            SourceLimits.HEADERS 50
            SourceLimits.HEADERS_LENGTH 16384
            RetentionLimits.LIFE_OF_FREE_FILES PT720H
            RetentionLimits.LIFE_OF_GUESTS_FILES PT360H
            RetentionLimits.LISTED 1000
            RetentionLimits.MOST_GAIN PT24H
            RetentionLimits.NOTICE PT120H
            TreeLimits.DEPTH 200
            TreeLimits.FILES_A_PAGE 1000
            TreeLimits.FILE_NAME_LENGTH 256
            TreeLimits.FOLDERS_IN_A_FOLDER 10000
            TreeLimits.FOLDER_NAME_LENGTH 250
            TreeLimits.FOREIGN_FOLDERS 10000
            TreeLimits.FOREIGN_FOLDERS_OF_ONE 500
            UpkeepLimits.DAMAGES_REMEMBERED 100000
            UpkeepLimits.DAMAGE_TOLD_AGAIN PT24H
            UpkeepLimits.FILES_NAMED 1000
            UpkeepLimits.LEAST_BYTES_PER_SECOND 65536
            UpkeepLimits.ORPHANS 100000
            UploadLimits.ASKED_EACH_BYTES 67108864
            UploadLimits.DEFAULT UploadLimits[smallBytes=131072, heldBytes=1048576, \
            smallMemoryBytes=33554432, blockBytes=262144, blocksPerUpload=4, blocks=64, \
            hashThreads=N, reportLife=PT2H, dedupe=ACCOUNT]
            UploadLimits.REFUSED_BEYOND 500
            UploadLimits.UNASKED_BYTES 65536\
            """);
  }
}
