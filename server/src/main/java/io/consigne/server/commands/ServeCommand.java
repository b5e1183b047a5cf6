package io.consigne.server.commands;

import io.consigne.server.Host;
import io.consigne.server.config.HostConfig;
import io.consigne.server.config.HostOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
  @Spec CommandSpec spec;

  @Mixin final CommandSpec options = HostOptions.all();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    HostConfig config = HostOptions.read(spec, System.getenv());
    Host host = Host.start(config);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  host.close();
                  stopped.countDown();
                },
                "stop"));
    Welcome.print(out, host, config);
    stopped.await();
    return 0;
  }
}
