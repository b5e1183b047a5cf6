package io.consigne.server.commands;

import io.consigne.server.Host;
import io.consigne.server.config.HostConfig;
import io.consigne.server.config.HostOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code consigne serve}: runs a host until it is told to stop. */
@Command(
    name = "serve",
    description = "Run a host. SIGTERM stops it: running transfers get time to end.",
    mixinStandardHelpOptions = true)
public final class ServeCommand extends HostTool implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  /** The exit code of a JVM that has no memory left. */
  private static final int OUT_OF_MEMORY = 3;

  /** The exit code of a host whose database failed to commit. */
  private static final int BROKEN_DATABASE = 4;

  @Spec CommandSpec spec;

  @Mixin final CommandSpec options = HostOptions.all();

  /**
   * Ends the process when a thread is out of memory outside the heap, of which the JVM takes no
   * notice: without the listener's own threads a host would live on and answer nobody.
   */
  private static void diedOf(Thread thread, Throwable cause) {
    LOG.error("{} has died", thread.getName(), cause);
    if (cause instanceof OutOfMemoryError) {
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    }
  }

  /** What may be tried is to open the database again, and who started the host does that. */
  private static void endBroken() {
    LOG.error(
        "The database cannot be written any more: the host ends with exit code {}, to be started"
            + " again",
        BROKEN_DATABASE);
    System.exit(BROKEN_DATABASE);
  }

  /** Says which configuration file is read: a service starts in another folder than a shell. */
  private void tellOfConfiguration() {
    HostOptions.file(spec, System.getenv())
        .ifPresentOrElse(
            file -> LOG.info("The configuration is in {}", file),
            () ->
                LOG.info(
                    "No configuration file: none is named, and there is no consigne.toml in {}",
                    Path.of("").toAbsolutePath()));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    HostConfig config = HostOptions.read(spec, System.getenv());
    Thread.setDefaultUncaughtExceptionHandler(ServeCommand::diedOf);
    Host host = Host.start(config);
    tellOfConfiguration();
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  host.close();
                  stopped.countDown();
                },
                "stop"));
    host.onceBroken(ServeCommand::endBroken);
    Welcome.print(out, host, config);
    stopped.await();
    return 0;
  }
}
