// Beside the schema of requests, so that the form of the dialect does not load zod.

/** Both roots are documented (device-protocol.md, 2.2) and serve the same files. */
export const LYNC_FILES_ROOTS = {
  request_handler: { internal: "/RequestHandler/Files", external: "/RequestHandlerExt/Files" },
  device_update_files: { internal: "/DeviceUpdateFiles_Int", external: "/DeviceUpdateFiles_Ext" },
} as const;

export const LYNC_FILES_FAMILIES = ["request_handler", "device_update_files"] as const;

export type LyncFilesFamily = (typeof LYNC_FILES_FAMILIES)[number];
