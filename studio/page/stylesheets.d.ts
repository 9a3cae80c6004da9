/** Stylesheets are imported for their effect alone; the Studio's build turns them into files. */
declare module '*.css'
