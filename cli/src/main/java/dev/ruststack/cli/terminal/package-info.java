/** What people and programs see: text, colours, tables, progress, JSON. */
@NullMarked
package dev.ruststack.cli.terminal;

import org.jspecify.annotations.NullMarked;
