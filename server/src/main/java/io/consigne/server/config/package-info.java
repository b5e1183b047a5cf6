/**
 * What the operator of a host may choose: one typed table of options ({@link
 * io.consigne.server.config.Options}), read from flags, environment, file and defaults, in this
 * order, into a {@link io.consigne.server.config.HostConfig}.
 */
@NullMarked
package io.consigne.server.config;

import org.jspecify.annotations.NullMarked;
