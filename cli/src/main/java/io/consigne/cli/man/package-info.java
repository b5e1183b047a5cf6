/** Manual pages, made of what the commands say of themselves. */
@NullMarked
package io.consigne.cli.man;

import org.jspecify.annotations.NullMarked;
