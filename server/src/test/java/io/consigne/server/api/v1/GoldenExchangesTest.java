package io.consigne.server.api.v1;

import io.consigne.spec.Scenario;
import io.consigne.spec.Scenarios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every golden exchange, over HTTP, on a host with either database. */
class GoldenExchangesTest {
  private final WireClient client = new WireClient();

  @AfterEach
  void closeClient() {
    client.close();
  }

  @TestFactory
  Stream<DynamicTest> sqlite_answersAsWritten(@TempDir Path plain, @TempDir Path open)
      throws IOException {
    return tests(TestHost.sqlite(plain, false), TestHost.sqlite(open, true));
  }

  @TestFactory
  Stream<DynamicTest> postgres_answersAsWritten(@TempDir Path plain, @TempDir Path open)
      throws IOException {
    return tests(TestHost.postgres(plain, false), TestHost.postgres(open, true));
  }

  private Stream<DynamicTest> tests(TestHost plain, TestHost guests) {
    return Scenarios.v1().stream()
        .map(scenario ->
            DynamicTest.dynamicTest(scenario.toString(), () -> play(scenario, plain, guests)))
        .onClose(plain::close)
        .onClose(guests::close);
  }

  private void play(Scenario scenario, TestHost plain, TestHost guests) {
    Stage.play(scenario, scenario.guests() ? guests : plain, client);
  }
}
