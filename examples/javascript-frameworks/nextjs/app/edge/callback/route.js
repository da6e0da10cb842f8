import { receive } from "../../../callbacks.js";

export const runtime = "edge";

export const POST = receive;
