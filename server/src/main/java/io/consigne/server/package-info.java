/** The host as one process: what it is made of, how it starts and stops. */
@NullMarked
package io.consigne.server;

import org.jspecify.annotations.NullMarked;
