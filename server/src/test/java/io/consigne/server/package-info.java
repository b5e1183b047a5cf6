/** Tests of a whole host over HTTP, as an operator configures it. */
@NullMarked
package io.consigne.server;

import org.jspecify.annotations.NullMarked;
