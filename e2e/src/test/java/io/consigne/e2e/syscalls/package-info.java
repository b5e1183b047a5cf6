/**
 * What a host has made durable when it answers, read from the system calls of the real process as
 * {@code strace} records them.
 */
@NullMarked
package io.consigne.e2e.syscalls;

import org.jspecify.annotations.NullMarked;
