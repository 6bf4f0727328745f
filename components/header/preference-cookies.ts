/** The cookies in which a person's preferences are kept; read on the server, written in the browser. */

export const THEME_COOKIE = 'errata-theme'
export const SHORTCUT_COOKIE = 'errata-keys'
export const PAPER_COOKIE = 'errata-paper'
