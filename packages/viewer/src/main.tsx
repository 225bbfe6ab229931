/** The pages' beginning: a file that carries its run shows that; anything else is a page of `eddy serve`. */
import { render } from "preact";
import "./style/base.css";
import { light } from "@eddy/workbench/pictures";

render(<p style={{ color: light.ok }}>eddy</p>, document.body);
