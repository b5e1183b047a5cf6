/** Tests of webhooks, with receivers that are real servers on this machine. */
@NullMarked
package io.consigne.core.hooks;

import org.jspecify.annotations.NullMarked;
